package io.mcprouter.endpoint;

import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.ErrorCodes;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.Messages;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpFailure;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request of a client on its way through the router, and the way back. */
final class ClientCall implements CallStream {
  private final ClientSession session;
  private final Channel channel;
  private final byte[] id;
  private final McpCall call;
  private final long openedAt = System.nanoTime();
  private volatile boolean withdrawn;
  private volatile boolean sent;

  ClientCall(ClientSession session, Caller caller, Frame request, Channel channel) {
    this.session = session;
    this.channel = channel;
    this.id = Objects.requireNonNull(request.id(), "a request has an id");
    this.call = new McpCall(caller, session.client(), this);
  }

  byte[] id() {
    return id;
  }

  McpCall call() {
    return call;
  }

  Caller caller() {
    return call.caller();
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

  @Override
  public boolean isAway() {
    return channel.isAway();
  }

  @Override
  public @Nullable String traceparent() {
    return channel.traceparent();
  }

  /** From here on the server's route answers. */
  void sent() {
    sent = true;
  }

  /** Answers where the router failed before anybody else was to answer. */
  void notTaken() {
    if (!sent && session.isOpen(this)) {
      error(ErrorCodes.INTERNAL_ERROR, "The router failed; its log says why");
    }
  }

  /** The client takes its request back. */
  void withdraw() {
    withdrawn = true;
    cancel("by the client");
  }

  /** Ends the call and tells the server. */
  void cancel(String why) {
    if (!call.cancel(McpFailure.cancelled(why))) {
      session.done(this);
    }
  }

  /** Takes what came of the call back to the client. */
  void finish(@Nullable Frame reply, @Nullable McpFailure failure) {
    if (reply == null) {
      fail(
          failure == null
              ? McpFailure.of(McpFailure.Kind.INTERNAL, "mcp-router", "no answer")
              : failure);
    } else if (ends()) {
      channel.reply(reply, id);
    }
  }

  void result(byte[] json) {
    if (ends()) {
      channel.reply(Messages.result(id, json));
    }
  }

  void error(int code, String message) {
    if (ends()) {
      channel.reply(Messages.error(id, code, message));
    }
  }

  /** Refuses a tool for which the caller's token lacks scopes. */
  void refuse(Set<String> scopes, String tool) {
    if (ends()) {
      channel.refuse(
          scopes,
          Messages.error(
              id,
              ErrorCodes.FORBIDDEN,
              "The tool " + tool + " needs the scope " + String.join(" ", scopes)));
    }
  }

  void fail(McpFailure failure) {
    if (ends()) {
      channel.reply(FailureReplies.of(id, failure, session.opensUrls()));
    }
  }

  /** Ends the call; false when the client expects no reply any more. */
  private boolean ends() {
    session.done(this);
    if (withdrawn && channel.isConnection()) {
      channel.noReply();
      return false;
    }
    return true;
  }
}
