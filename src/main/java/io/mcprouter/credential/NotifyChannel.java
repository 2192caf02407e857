package io.mcprouter.credential;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * LISTEN and NOTIFY on a connection of its own: in a pool it would be closed, or lent to somebody
 * else, without anybody noticing.
 */
final class NotifyChannel implements NewsChannel {
  private static final Logger LOG = LoggerFactory.getLogger(NotifyChannel.class);
  private static final String NAME = "mcp_router";
  private static final Duration ALIVE_CHECK = Duration.ofSeconds(10);
  private static final int ALIVE_LIMIT_SECONDS = 5;
  private static final Duration BEFORE_RECONNECT = Duration.ofMillis(500);

  private final Store store;
  private final Consumer<String> receiver;
  private final Runnable lostTrack;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable Connection connection;

  NotifyChannel(Store store, Consumer<String> receiver, Runnable lostTrack) {
    this.store = store;
    this.receiver = receiver;
    this.lostTrack = lostTrack;
  }

  @Override
  public void open() {
    try {
      Connection first = listening();
      Thread.ofVirtual().name("store-news").start(() -> receiveUntilClosed(first));
    } catch (SQLException e) {
      throw new StoreException(
          "The database refuses to listen for news of other nodes: " + e.getMessage(),
          "Let the router connect to PostgreSQL itself: a pooler in transaction mode between them"
              + " cannot pass notifications on.",
          e);
    }
  }

  private Connection listening() throws SQLException {
    Connection opened = store.dedicatedConnection();
    try (Statement statement = opened.createStatement()) {
      statement.execute("LISTEN " + NAME);
    } catch (SQLException e) {
      opened.close();
      throw e;
    }
    connection = opened;
    if (isClosed()) {
      opened.close(); // close() may have looked before it was there
    }
    return opened;
  }

  private void receiveUntilClosed(Connection first) {
    @Nullable Connection current = first;
    while (current != null) {
      try (Connection used = current) {
        receive(used);
      } catch (SQLException e) {
        if (!isClosed()) {
          LOG.warn("The connection for news of other nodes was lost: {}", e.getMessage());
        }
      }
      current = reconnected();
    }
  }

  private void receive(Connection used) throws SQLException {
    PGConnection notifications = used.unwrap(PGConnection.class);
    while (!isClosed()) {
      PGNotification[] news = notifications.getNotifications((int) ALIVE_CHECK.toMillis());
      if (news == null || news.length == 0) {
        if (!used.isValid(ALIVE_LIMIT_SECONDS)) {
          throw new SQLException("the database does not answer on it");
        }
        continue;
      }
      for (PGNotification one : news) {
        receiver.accept(one.getParameter());
      }
    }
  }

  /** Tries until it is there; what came meanwhile is lost. Null where this is closed. */
  private @Nullable Connection reconnected() {
    while (!pause()) {
      try {
        Connection next = listening();
        lostTrack.run();
        return next;
      } catch (SQLException e) {
        LOG.debug("No connection for news of other nodes yet", e);
      }
    }
    return null;
  }

  /** Waits a little; true where this is closed. */
  private boolean pause() {
    try {
      return closed.await(BEFORE_RECONNECT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  @Override
  public void send(String message) {
    store
        .jdbc()
        .sql("SELECT pg_notify(:name, :message)")
        .param("name", NAME)
        .param("message", message)
        .query((row, at) -> at)
        .list();
  }

  @Override
  public void close() {
    closed.countDown();
    Connection current = connection;
    if (current != null) {
      try {
        current.abort(Runnable::run);
      } catch (SQLException e) {
        LOG.debug("The connection for news was closed already", e);
      }
    }
  }
}
