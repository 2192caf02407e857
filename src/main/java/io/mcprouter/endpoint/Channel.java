package io.mcprouter.endpoint;

import io.mcprouter.protocol.Frame;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way back to a client for what belongs to one request, or, where a connection carries
 * everything, for all of it. Safe from any thread; messages arrive in the order in which they were
 * given.
 */
interface Channel {
  /** Drops everything: nobody listens. */
  Channel NONE =
      new Channel() {
        @Override
        public void send(byte[] message) {}

        @Override
        public void reply(byte[] message) {}

        @Override
        public boolean canSend() {
          return false;
        }
      };

  /** Sends a notification, or a request to the client. */
  void send(byte[] message);

  /** Sends the reply, behind which nothing more comes for this request. */
  void reply(byte[] message);

  /** Sends the reply under the client's own id. */
  default void reply(Frame reply, byte[] id) {
    reply(reply.withId(id));
  }

  /**
   * Replies that the caller's token lacks scopes; where HTTP can say so, with its own status (MCP,
   * authorization: runtime insufficient scope errors).
   */
  default void refuse(Set<String> scopes, byte[] error) {
    reply(error);
  }

  /** Whether anything but the reply can be sent. */
  boolean canSend();

  /**
   * The reply takes long: shows the client, and the proxies between, that the connection is alive,
   * where the form of the answer is still open.
   */
  default void stayAlive() {}

  /** The channel that the client knows: this one, unless it gathers replies for another. */
  default Channel carrier() {
    return this;
  }

  /**
   * Whether this is the client's one connection, on which a request that it took back gets no reply
   * (basic utilities, cancellation). A POST gets its answer all the same.
   */
  default boolean isConnection() {
    return false;
  }

  /** A request gets no reply: the client took it back. */
  default void noReply() {}

  /** The header {@code traceparent} of the request that this answers; null where it has none. */
  default @Nullable String traceparent() {
    return null;
  }

  /** Whether the client has lost the stream on which it is answered, and has not resumed it. */
  default boolean isAway() {
    return false;
  }

  /** The server ended its stream for now; a client that can resume is let go likewise. */
  default void polled(long retryMillis) {}
}
