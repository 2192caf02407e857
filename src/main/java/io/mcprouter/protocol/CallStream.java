package io.mcprouter.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What a server says while one call is open, on its way to the client that made the call. It
 * travels beside the route, so that a route's steps see a call's request and answer and nothing in
 * between.
 */
public interface CallStream {
  /** Drops notifications and declines questions: for callers that are no clients. */
  CallStream NONE =
      new CallStream() {
        @Override
        public void notify(Frame notification) {}

        @Override
        public void ask(Frame request, Answer answer) {
          answer.decline("this caller cannot be asked");
        }
      };

  /**
   * Passes a notification of the call on: progress with the caller's own token, or a log message.
   */
  void notify(Frame notification);

  /** Passes a request of the server on to the client; {@code answer} is called once. */
  void ask(Frame request, Answer answer);

  /**
   * Hears that the server ended its stream before the answer and wants to be polled for the rest,
   * having said when; a stream that breaks off is not told of. A client that can resume is let go
   * in the same way, so that no connection is held for it in the meantime (transports, 2025-11-25,
   * sending messages).
   *
   * @param retryMillis when the server wants to be asked again
   */
  default void polled(long retryMillis) {}

  /** Whether the client has lost its stream, which it may take up again for a while. */
  default boolean isAway() {
    return false;
  }

  /** The trace that the request's carrier says it belongs to (W3C trace context); else null. */
  default @Nullable String traceparent() {
    return null;
  }

  /** The same way for what the router itself asks: steps that only listen hear it. */
  default CallStream unchanged() {
    return this;
  }

  /** Takes the client's answer to a server's request. */
  interface Answer {
    /** The client's reply; its id is the client's and is replaced on the way to the server. */
    void reply(Frame reply);

    /**
     * The client reports progress on what it was asked; the token in it is the router's and is
     * replaced on the way to the server.
     */
    default void progress(Frame notification) {}

    /** No client could be asked. */
    void decline(String reason);

    /** Runs {@code action} when the server takes its question back before it is answered. */
    void onWithdrawn(Runnable action);
  }
}
