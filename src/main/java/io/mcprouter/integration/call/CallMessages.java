package io.mcprouter.integration.call;

import io.mcprouter.integration.InOrder;
import io.mcprouter.integration.JsonValues;
import io.mcprouter.integration.ServedCall;
import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.Methods;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server says while a call is open, on its way to the routes that want it: in order, one at
 * a time, and before the answer. Beyond a bound of waiting messages further ones are dropped, and
 * counted.
 */
final class CallMessages implements CallStream {
  private static final Logger LOG = LoggerFactory.getLogger(CallMessages.class);
  private static final int MOST_WAITING = 1_000;
  private static final Pattern TRACEPARENT =
      Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

  private final CallTarget target;
  private final @Nullable ServedCall served;
  private final @Nullable Object caller;
  private final @Nullable String traceparent;
  private final MessageReceiver progress;
  private final MessageReceiver logs;
  private final @Nullable InOrder order;
  private final AtomicInteger dropped = new AtomicInteger();
  private volatile boolean cut;

  CallMessages(
      Exchange exchange,
      CallTarget target,
      @Nullable ServedCall served,
      MessageReceiver progress,
      MessageReceiver logs) {
    this.target = target;
    this.served = served;
    this.caller = exchange.getProperty(McpCallConstants.CALLER);
    this.traceparent = traceparent(exchange.getMessage());
    this.progress = progress;
    this.logs = logs;
    boolean routed =
        progress instanceof MessageReceiver.Route || logs instanceof MessageReceiver.Route;
    this.order = routed ? new InOrder(MOST_WAITING) : null;
  }

  private static @Nullable String traceparent(Message message) {
    String header = message.getHeader("traceparent", String.class);
    return header != null && TRACEPARENT.matcher(header).matches() ? header : null;
  }

  /** Whether the server is to report progress. */
  boolean wantsProgress() {
    return !(progress instanceof MessageReceiver.Nobody);
  }

  /** Runs what comes after all messages: behind those that wait, else on {@code otherwise}. */
  void last(Executor otherwise, Runnable action) {
    if (dropped.get() > 0) {
      LOG.warn("{}: {} messages came too fast for their route", target, dropped);
    }
    (order == null ? otherwise : order).execute(action);
  }

  /** The call ends before its answer: what still waits goes to nobody. */
  void cut() {
    cut = true;
  }

  @Override
  public void notify(Frame notification) {
    switch (notification.method()) {
      case Methods.PROGRESS -> pass(progress, notification);
      case Methods.LOG_MESSAGE -> pass(logs, notification);
      default -> LOG.debug("{}: {} concerns no step", target, notification.method());
    }
  }

  private void pass(MessageReceiver receiver, Frame notification) {
    switch (receiver) {
      case MessageReceiver.Nobody none -> {}
      case MessageReceiver.Client client -> relay(client.served(), notification);
      case MessageReceiver.Route route -> {
        if (order != null && !order.offer(() -> send(route.producer(), notification))) {
          dropped.incrementAndGet();
        }
      }
    }
  }

  private static void relay(ServedCall client, Frame notification) {
    JsonSpan params = notification.params();
    if (params == null) {
      return;
    }
    if (notification.method().equals(Methods.PROGRESS)) {
      Double progress = number(params, "progress");
      client.progress(
          progress == null ? 0 : progress, number(params, "total"), params.string("message"));
    } else {
      JsonSpan data = params.member("data");
      String logger = params.string("logger");
      client.log(
          String.valueOf(params.string("level")),
          logger == null ? "" : logger,
          data == null ? "null" : data.json());
    }
  }

  private static @Nullable Double number(JsonSpan params, String name) {
    JsonSpan value = params.member(name);
    try {
      return value == null ? null : Double.valueOf(value.json());
    } catch (NumberFormatException none) {
      return null;
    }
  }

  private void send(AsyncProducer route, Frame notification) {
    JsonSpan params = notification.params();
    if (params == null || cut) {
      return;
    }
    Exchange exchange = route.getEndpoint().createExchange();
    exchange.setProperty(ServedCall.PROPERTY, served);
    exchange.setProperty(McpCallConstants.CALLER, caller);
    Map<String, Object> body = new HashMap<>(JsonValues.readMap(params.json()));
    body.remove("progressToken"); // between the router and the server
    exchange.getMessage().setBody(body);
    exchange.getMessage().setHeaders(headers(params));
    route.processAsync(exchange).join();
    if (exchange.getException() != null) {
      LOG.warn(
          "{}: {} failed to take a message", target, route.getEndpoint(), exchange.getException());
    }
  }

  private Map<String, Object> headers(JsonSpan params) {
    Map<String, Object> headers = new HashMap<>();
    put(headers, McpCallConstants.SERVER, target.server());
    put(headers, target.kind().header(), target.name());
    put(headers, McpCallConstants.PROGRESS, number(params, "progress"));
    put(headers, McpCallConstants.TOTAL, number(params, "total"));
    put(headers, McpCallConstants.LOG_LEVEL, params.string("level"));
    return headers;
  }

  private static void put(Map<String, Object> headers, String name, @Nullable Object value) {
    if (value != null) {
      headers.put(name, value);
    }
  }

  @Override
  public void ask(Frame request, Answer answer) {
    if (served == null) {
      answer.decline("the route that calls cannot be asked");
    } else {
      served.stream().ask(request, answer);
    }
  }

  @Override
  public @Nullable String traceparent() {
    return traceparent;
  }
}
