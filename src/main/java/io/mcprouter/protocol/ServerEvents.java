package io.mcprouter.protocol;

/**
 * What a server says outside any call. The session that heard it is named by {@code user} (empty
 * for the router's own sessions) and {@code client} (empty unless the session belongs to one client
 * session).
 */
public interface ServerEvents {
  /** Who the session belongs to on which a server spoke. */
  record Source(String server, String user, String client) {}

  /** A notification: a list change, a resource update, a log message. */
  void notified(Source source, Frame notification);

  /** A request that no open call owns. */
  void asked(Source source, Frame request, CallStream.Answer answer);
}
