package io.mcprouter.integration.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mcprouter.integration.InOrder;
import io.mcprouter.integration.Json;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events to its route one after another, on virtual threads. What the route has no room for
 * is dropped; the log says so when it begins, and how much it was when it is over.
 */
final class EventsConsumer extends DefaultConsumer implements EventBus.Subscriber {
  private static final Logger LOG = LoggerFactory.getLogger(EventsConsumer.class);

  private final EventsEndpoint endpoint;
  private final EventBus bus;
  private final Set<EventKind> chosen;
  private final Set<EventKind> kinds;
  private final InOrder order;
  private final @Nullable Wishes wishes;
  private final AtomicLong missed = new AtomicLong();

  EventsConsumer(
      EventsEndpoint endpoint, Processor processor, EventBus bus, @Nullable Wishes wishes) {
    super(endpoint, processor);
    this.endpoint = endpoint;
    this.bus = bus;
    this.chosen = EnumSet.copyOf(endpoint.wanted());
    this.kinds = EnumSet.copyOf(chosen);
    if (wishes != null) {
      kinds.add(EventKind.status); // to know when to ask again
    }
    this.order = new InOrder(endpoint.getQueueSize());
    this.wishes = wishes;
  }

  @Override
  public Set<EventKind> kinds() {
    return kinds;
  }

  @Override
  public boolean take(ServerEvent event) {
    if (!endpoint.concerns(event)) {
      return true;
    }
    if (wishes != null && event.isNewBeginning()) {
      wishes.sayAgain();
    }
    if (!chosen.contains(event.kind()) || order.offer(() -> process(event))) {
      return true;
    }
    if (missed.getAndIncrement() == 0) {
      LOG.warn(
          "{}: more than {} events wait for the route; further ones are dropped",
          endpoint,
          endpoint.getQueueSize());
    }
    return false;
  }

  private void process(ServerEvent event) {
    long before = missed.getAndSet(0);
    if (before > 0) {
      LOG.warn("{}: {} events were dropped", endpoint, before);
    }
    if (!isRunAllowed() || isSuspendingOrSuspended()) {
      return;
    }
    Exchange exchange = createExchange(true);
    fill(exchange, event);
    getAsyncProcessor().processAsync(exchange).join();
    if (exchange.getException() != null) {
      getExceptionHandler()
          .handleException("An event could not be processed", exchange, exchange.getException());
    }
  }

  private void fill(Exchange exchange, ServerEvent event) {
    exchange.getMessage().setHeader(EventsConstants.EVENT, event.kind().name());
    exchange.getMessage().setHeader(EventsConstants.SERVER, event.server());
    exchange.getMessage().setHeader(EventsConstants.TIMESTAMP, event.at().toEpochMilli());
    event.headers().forEach(exchange.getMessage()::setHeader);
    if (!event.user().isEmpty()) {
      exchange.setProperty(EventsConstants.USER, event.user());
    }
    exchange
        .getMessage()
        .setBody(endpoint.getFormat() == EventFormat.map ? event.body() : json(event));
  }

  /** All of the event, for whom headers do not reach. */
  private static String json(ServerEvent event) {
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("event", event.kind().name());
    whole.put("server", event.server());
    whole.put("at", event.at());
    whole.putAll(event.body());
    try {
      return Json.MAPPER.writeValueAsString(whole);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("values of JSON cannot be written", e);
    }
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    bus.add(this);
    if (wishes != null) {
      wishes.say();
    }
  }

  @Override
  protected void doStop() throws Exception {
    bus.remove(this);
    if (wishes != null) {
      wishes.stop();
    }
    super.doStop();
  }

  @Override
  protected void doSuspend() throws Exception {
    bus.remove(this);
    super.doSuspend();
  }

  @Override
  protected void doResume() throws Exception {
    bus.add(this);
    super.doResume();
  }
}
