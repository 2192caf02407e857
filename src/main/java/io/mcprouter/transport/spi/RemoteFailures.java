package io.mcprouter.transport.spi;

import io.netty.handler.ssl.NotSslRecordException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.UpgradeRejectedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * What failures of the network and of HTTP mean, in words that name host and port, and no path,
 * query or header.
 */
public final class RemoteFailures {
  private static final String TOO_BUSY =
      "too many requests are open there at once, and too many wait for a connection: try again when"
          + " some of them have ended, or allow more by clientOptions";

  private RemoteFailures() {}

  /** No connection could be made. */
  public static McpFailure unreachable(String server, RemoteTarget target, Throwable cause) {
    return switch (cause) {
      case McpFailure failure -> failure;
      case ConnectionPoolTooBusyException busy -> McpFailure.limit(server, TOO_BUSY);
      case UpgradeRejectedException rejected -> status(server, target, rejected.getStatus());
      default -> McpFailure.unavailable(server, why(target, cause));
    };
  }

  private static String why(RemoteTarget target, Throwable cause) {
    String address =
        target.hostAndPort() + (target.proxy() == null ? "" : " (by way of the proxy)");
    return switch (cause) {
      case UnknownHostException unknown -> "the name of " + address + " cannot be resolved";
      case TimeoutException late -> address + " did not answer in time";
      case SocketTimeoutException late -> address + " did not answer in time";
      case ConnectException refused when isTimeout(refused) -> address + " did not answer in time";
      case ConnectException refused -> address + " refuses connections, or nothing listens there";
      case SSLException tls when isPlain(tls) ->
          "TLS with " + address + " failed: it does not speak TLS there, so http:// or ws://?";
      case SSLException tls ->
          "TLS with " + address + " failed: its certificate or host name is not trusted";
      case HttpClosedException closed -> address + " closed the connection";
      case IOException broken -> address + " closed the connection";
      default -> "the request to " + address + " failed (" + cause.getClass().getSimpleName() + ")";
    };
  }

  /** Netty's own exception for a connect timeout is a ConnectException too. */
  private static boolean isTimeout(ConnectException refused) {
    return refused.getClass().getSimpleName().contains("Timeout");
  }

  /** Whether the first bytes were no TLS; Vert.x wraps what Netty says of that. */
  private static boolean isPlain(Throwable tls) {
    for (Throwable cause = tls; cause != null; cause = cause.getCause()) {
      if (cause instanceof NotSslRecordException) {
        return true;
      }
    }
    return false;
  }

  /** The server refuses to open a connection. */
  public static McpFailure status(String server, RemoteTarget target, int status) {
    return McpFailure.unavailable(server, target.hostAndPort() + " " + answered(status));
  }

  /** What an HTTP status says that is no success. */
  public static String answered(int status) {
    return switch (status) {
      case 401, 403 -> "refuses the credentials (HTTP " + status + ")";
      case 301, 302, 303, 307, 308 ->
          "redirects (HTTP " + status + "), which is not followed: put the new address into url";
      case 404 -> "has nothing at the path of url (HTTP 404)";
      case 405 -> "does not take this kind of request (HTTP 405): is the type right?";
      case 400, 406, 415, 426 -> "answered HTTP " + status + ": are the type and the path right?";
      case 429 -> "asks for fewer requests (HTTP 429)";
      default -> "answered HTTP " + status;
    };
  }
}
