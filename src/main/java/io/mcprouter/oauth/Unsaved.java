package io.mcprouter.oauth;

import io.mcprouter.credential.Store;
import io.mcprouter.oauth.Standing.Undecided;
import io.mcprouter.oauth.Standing.Usable;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * A right that was got and may not be stored yet. The authorization server has forgotten the old
 * one, so a store that fails now is tried again for a while: losing it would cost the user a login.
 */
final class Unsaved {
  private static final Logger LOG = LoggerFactory.getLogger(Unsaved.class);
  private static final Duration BETWEEN = Duration.ofMillis(250);

  private final Store store;
  private final GrantTable table;
  private final GrantKey key;
  private @Nullable Grant grant;

  Unsaved(Store store, GrantTable table, GrantKey key) {
    this.store = store;
    this.table = table;
    this.key = key;
  }

  void hold(Grant obtained) {
    grant = obtained;
  }

  /** Stores what is held; fails with the store's failure where nothing is, or time runs out. */
  Standing savedWithin(Duration wait, RuntimeException failure) {
    Grant obtained = grant;
    if (obtained == null) {
      throw failure;
    }
    LOG.warn("A renewed login at server '{}' is not stored yet", key.server(), failure);
    long end = System.nanoTime() + wait.toNanos();
    while (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
      if (isSaved(obtained)) {
        return new Usable(obtained);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(BETWEEN.toMillis()));
    }
    LOG.error("A renewed login at server '{}' was lost: the store failed", key.server(), failure);
    return new Undecided(
        OAuthFailure.unreachable("the renewed login could not be stored; log in again"));
  }

  /** A user who disconnected meanwhile stays disconnected. */
  private boolean isSaved(Grant obtained) {
    try {
      store.inTransaction(() -> table.update(key, obtained));
      return true;
    } catch (DataAccessException | TransactionException e) {
      LOG.debug("The store fails still", e);
      return false;
    }
  }
}
