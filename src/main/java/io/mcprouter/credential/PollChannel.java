package io.mcprouter.credential;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** A table that is looked at every two seconds, for processes that share an H2 file. */
final class PollChannel implements NewsChannel {
  private static final Logger LOG = LoggerFactory.getLogger(PollChannel.class);
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  /** How long a message stays for those who have been asleep. */
  private static final Duration KEPT = Duration.ofMinutes(10);

  /** Ids are given before they are seen by others, so some may come late. */
  private static final long LATE_IDS = 200;

  private final Store store;
  private final Clock clock;
  private final Consumer<String> receiver;
  private final Runnable lostTrack;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Set<Long> seen = new HashSet<>();
  private long newest;
  private Instant lastLook = Instant.MIN;
  private boolean failing;

  PollChannel(Store store, Clock clock, Consumer<String> receiver, Runnable lostTrack) {
    this.store = store;
    this.clock = clock;
    this.receiver = receiver;
    this.lostTrack = lostTrack;
  }

  @Override
  public void open() {
    newest = Math.max(0, lastId() - LATE_IDS);
    unseen();
    lastLook = clock.instant();
    Thread.ofVirtual().name("store-news").start(this::lookUntilClosed);
  }

  private long lastId() {
    return store
        .jdbc()
        .sql("SELECT COALESCE(MAX(id), 0) FROM invalidations")
        .query(Long.class)
        .single();
  }

  private void lookUntilClosed() {
    try {
      while (!closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      List<Message> news = unseen();
      Instant now = clock.instant();
      if (failing || lastLook.plus(KEPT.dividedBy(2)).isBefore(now)) {
        lostTrack.run();
      } else {
        news.forEach(message -> receiver.accept(message.text()));
      }
      failing = false;
      lastLook = now;
    } catch (DataAccessException e) {
      if (closed.getCount() > 0 && !failing) {
        LOG.warn("The store cannot be asked for news of other processes", e);
      }
      failing = true;
    }
  }

  private List<Message> unseen() {
    List<Message> news =
        store
            .jdbc()
            .sql("SELECT id, message FROM invalidations WHERE id > :after ORDER BY id")
            .param("after", newest - LATE_IDS)
            .query((row, at) -> new Message(row.getLong("id"), row.getString("message")))
            .list()
            .stream()
            .filter(message -> seen.add(message.id()))
            .toList();
    if (!news.isEmpty()) {
      newest = Math.max(newest, news.getLast().id());
      seen.removeIf(id -> id <= newest - LATE_IDS);
    }
    return news;
  }

  @Override
  public void send(String message) {
    Instant now = clock.instant();
    store
        .jdbc()
        .sql("INSERT INTO invalidations (at, message) VALUES (:at, :message)")
        .param("at", Times.column(now))
        .param("message", message)
        .update();
    store
        .jdbc()
        .sql("DELETE FROM invalidations WHERE at < :before")
        .param("before", Times.column(now.minus(KEPT)))
        .update();
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private record Message(long id, String text) {}
}
