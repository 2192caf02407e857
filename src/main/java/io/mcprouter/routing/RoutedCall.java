package io.mcprouter.routing;

import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpFailure;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One message on a server's route. It is its own callback and what observers are shown, so that a
 * call costs one object.
 */
final class RoutedCall implements AsyncCallback, EndedCall {
  private static final Logger LOG = LoggerFactory.getLogger(RoutedCall.class);

  private final RunningServer server;
  private final Frame request;
  private final McpCall call;
  private final McpCall.Outcome listener;
  private final CallObserver observer;
  private final Exchange exchange;
  private final long began = System.nanoTime();
  private CallOutcome outcome = CallOutcome.OK;
  private @Nullable Frame reply;
  private @Nullable McpFailure failure;
  private long nanos;

  /**
   * @param server counts this call in already
   */
  RoutedCall(
      RunningServer server,
      Frame request,
      McpCall call,
      McpCall.Outcome listener,
      CallObserver observer) {
    this.server = server;
    this.request = request;
    this.call = call;
    this.listener = listener;
    this.observer = observer;
    this.exchange = server.entry().createExchange();
    exchange.getMessage().setBody(request);
    exchange.setProperty(McpCall.PROPERTY, call);
  }

  void enter() {
    server.producer().process(exchange, this);
  }

  @Override
  public void done(boolean sync) {
    server.leave();
    Exception thrown = exchange.getException();
    if (thrown == null) {
      reply = exchange.getMessage().getBody(Frame.class);
      outcome = CallOutcome.of(reply);
    } else {
      McpFailure why = told(McpFailure.from(thrown, server.name()));
      failure = why;
      outcome = CallOutcome.of(why.kind());
      if (why.kind() == McpFailure.Kind.INTERNAL) {
        LOG.warn("Server '{}': its route failed", server.name(), thrown);
      }
    }
    nanos = System.nanoTime() - began;
    observer.ended(this);
    listener.accept(reply, failure);
  }

  private McpFailure told(McpFailure why) {
    return server.isOfUser() ? why.of(server.shownName()) : why;
  }

  @Override
  public String server() {
    return server.name();
  }

  @Override
  public Frame request() {
    return request;
  }

  @Override
  public String method() {
    return request.method();
  }

  @Override
  public Caller caller() {
    return call.caller();
  }

  @Override
  public @Nullable String traceparent() {
    String ofHeader = call.traceparent();
    if (ofHeader != null) {
      return ofHeader;
    }
    JsonSpan params = request.params();
    JsonSpan meta = params == null ? null : params.member("_meta");
    return meta == null ? null : meta.string("traceparent");
  }

  @Override
  public CallOutcome outcome() {
    return outcome;
  }

  @Override
  public @Nullable Integer errorCode() {
    if (failure != null) {
      return failure.kind().code();
    }
    JsonSpan error = reply == null ? null : reply.error();
    JsonSpan code = error == null ? null : error.member("code");
    return code == null ? null : parsed(code.json());
  }

  /** Servers write what they like. */
  private static @Nullable Integer parsed(String number) {
    try {
      return Integer.valueOf(number.strip());
    } catch (NumberFormatException none) {
      return null;
    }
  }

  @Override
  public long nanos() {
    return nanos;
  }
}
