package io.mcprouter.endpoint;

import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.Messages;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpFailure;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request of a client on its way through the router, and the way back. */
final class ClientCall implements CallStream {
  private final ClientSession session;
  private final Channel channel;
  private final byte[] id;
  private final McpCall call;
  private final long openedAt = System.nanoTime();

  ClientCall(ClientSession session, Frame request, Channel channel) {
    this.session = session;
    this.channel = channel;
    this.id = Objects.requireNonNull(request.id(), "a request has an id");
    this.call = new McpCall(session.caller(), session.client(), this);
  }

  byte[] id() {
    return id;
  }

  McpCall call() {
    return call;
  }

  /** Keeps the client's connection alive when the call is older than that. */
  void stayAlive(long nanos) {
    if (System.nanoTime() - openedAt > nanos) {
      channel.stayAlive();
    }
  }

  boolean isOn(Channel other) {
    return channel.carrier() == other;
  }

  @Override
  public void notify(Frame notification) {
    if (session.wants(notification)) {
      channel.send(notification.bytes());
    }
  }

  @Override
  public void ask(Frame request, Answer answer) {
    session.ask(request, answer, channel);
  }

  @Override
  public void polled(long retryMillis) {
    channel.polled(retryMillis);
  }

  /** Ends the call and tells the server. */
  void cancel(String why) {
    if (!call.cancel(McpFailure.cancelled("mcp-router", why))) {
      session.done(this);
    }
  }

  /** Takes what came of the call back to the client. */
  void finish(@Nullable Frame reply, @Nullable McpFailure failure) {
    session.done(this);
    if (reply != null) {
      channel.reply(reply, id);
    } else {
      fail(
          failure == null
              ? McpFailure.of(McpFailure.Kind.INTERNAL, "mcp-router", "no answer")
              : failure);
    }
  }

  void result(byte[] json) {
    session.done(this);
    channel.reply(Messages.result(id, json));
  }

  void error(int code, String message) {
    session.done(this);
    channel.reply(Messages.error(id, code, message));
  }

  void fail(McpFailure failure) {
    session.done(this);
    channel.reply(FailureReplies.of(id, failure));
  }
}
