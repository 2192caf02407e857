package io.mcprouter.integration.call;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpClient;
import io.mcprouter.transport.spi.McpEndpoint;
import io.mcprouter.transport.spi.McpFailure;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/** Calls of a plain Camel application: each server is an endpoint, mostly of a transport. */
final class EndpointCalls extends ServiceSupport implements McpCalls {
  /** As long as a server's entry gives a call in the router. */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private static final Duration LISTS_KEPT = Duration.ofMinutes(5);
  private static final int MOST_LISTS = 1_000;

  private final CamelContext camel;
  private final Function<@Nullable String, @Nullable String> uris;
  private final Map<String, AsyncProducer> producers = new ConcurrentHashMap<>();
  private final AsyncCache<ListedServer, Map<String, Definition>> lists =
      Caffeine.newBuilder().maximumSize(MOST_LISTS).expireAfterWrite(LISTS_KEPT).buildAsync();

  /**
   * @param uris the endpoint of a server, or of a call that names none; null where there is none
   */
  EndpointCalls(CamelContext camel, Function<@Nullable String, @Nullable String> uris) {
    this.camel = camel;
    this.uris = uris;
  }

  @Override
  public Duration timeout() {
    return TIMEOUT;
  }

  @Override
  public void send(CallTarget target, Frame request, McpCall call, McpCall.Outcome outcome) {
    AsyncProducer producer;
    try {
      producer = producer(target);
    } catch (McpFailure failure) {
      outcome.accept(null, failure);
      return;
    }
    Endpoint endpoint = producer.getEndpoint();
    Exchange exchange = endpoint.createExchange();
    exchange.setProperty(McpCall.PROPERTY, call);
    exchange.getMessage().setBody(request);
    if (endpoint instanceof McpEndpoint) {
      call.continueOn(Runnable::run); // there is no step behind the transport that could block
    }
    producer.process(exchange, sync -> finish(target, exchange, outcome));
  }

  private static void finish(CallTarget target, Exchange exchange, McpCall.Outcome outcome) {
    Exception thrown = exchange.getException();
    Frame reply = thrown == null ? exchange.getMessage().getBody(Frame.class) : null;
    if (thrown != null) {
      outcome.accept(null, McpFailure.from(thrown, target.serverName()));
    } else if (reply == null) {
      outcome.accept(null, McpFailure.violation(target.serverName(), "no message is the answer"));
    } else {
      outcome.accept(reply, null);
    }
  }

  private AsyncProducer producer(CallTarget target) throws McpFailure {
    String uri = uris.apply(target.server());
    if (uri == null) {
      throw McpFailure.of(
          McpFailure.Kind.NOT_CONFIGURED,
          target.serverName(),
          "no endpoint is known for it: set the component's 'servers', or the option 'via'");
    }
    try {
      return producers.computeIfAbsent(uri, this::started);
    } catch (RuntimeException e) {
      throw McpFailure.from(e, target.serverName()).as(McpFailure.Kind.NOT_CONFIGURED);
    }
  }

  private AsyncProducer started(String uri) {
    Endpoint endpoint = camel.getEndpoint(uri);
    try {
      AsyncProducer producer = endpoint.createAsyncProducer();
      ServiceHelper.startService(producer);
      return producer;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** A name that is not in the list may be newer than the list: then it is asked for once more. */
  @Override
  public CompletableFuture<@Nullable Definition> definition(CallTarget target, Caller caller) {
    ListedServer server = new ListedServer(target.server(), target.kind());
    return lists
        .get(server, (key, executor) -> list(target))
        .thenCompose(
            known -> {
              if (known.containsKey(target.name())) {
                return CompletableFuture.completedFuture(known.get(target.name()));
              }
              lists.synchronous().invalidate(server);
              return lists
                  .get(server, (key, executor) -> list(target))
                  .thenApply(later -> later.get(target.name()));
            });
  }

  private CompletableFuture<Map<String, Definition>> list(CallTarget target) {
    return new Listing(target, request -> ask(target, request))
        .all()
        .orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private CompletableFuture<Frame> ask(CallTarget target, Frame request) {
    CompletableFuture<Frame> answer = new CompletableFuture<>();
    McpCall call = new McpCall(Caller.APPLICATION, McpClient.NONE, CallStream.NONE);
    send(
        target,
        request,
        call,
        (reply, failure) -> {
          if (failure == null) {
            answer.complete(reply);
          } else {
            answer.completeExceptionally(failure);
          }
        });
    return answer;
  }

  @Override
  protected void doStop() {
    producers.values().forEach(ServiceHelper::stopAndShutdownService);
    producers.clear();
    lists.synchronous().invalidateAll();
  }

  private record ListedServer(@Nullable String name, CallKind kind) {}
}
