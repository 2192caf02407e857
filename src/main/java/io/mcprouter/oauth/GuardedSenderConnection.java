package io.mcprouter.oauth;

import java.net.Socket;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.jspecify.annotations.Nullable;

/**
 * A connection that logs nothing at any level: the library's own shows headers and bodies, which
 * hold secrets here, to whoever turns its loggers on.
 */
final class GuardedSenderConnection extends DefaultBHttpClientConnection
    implements ManagedHttpClientConnection {
  GuardedSenderConnection() {
    super(Http1Config.DEFAULT, null, null);
  }

  @Override
  public @Nullable Socket getSocket() {
    SocketHolder holder = getSocketHolder();
    return holder == null ? null : holder.getSocket();
  }

  @Override
  public void passivate() {
    // nothing is kept between requests: each has a connection of its own
  }

  @Override
  public void activate() {
    // as above
  }
}
