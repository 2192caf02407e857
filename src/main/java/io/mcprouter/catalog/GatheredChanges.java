package io.mcprouter.catalog;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Tells clients once of changes that come together and are announced by the same words: resources
 * and their templates share a notification.
 */
final class GatheredChanges implements ListChanged {
  private final ListChanged listener;
  private final ScheduledExecutorService timer;
  private final Duration time;
  private final Set<Announcement> due = ConcurrentHashMap.newKeySet();

  /**
   * Gathers changes for a listener.
   *
   * @param time how long a change waits for others like it
   */
  GatheredChanges(ListChanged listener, ScheduledExecutorService timer, Duration time) {
    this.listener = listener;
    this.timer = timer;
    this.time = time;
  }

  @Override
  public void listChanged(String server, ListKind kind, String user) {
    Announcement announcement = new Announcement(server, kind.changedNotification(), user);
    if (due.add(announcement)) {
      Runnable tell =
          () -> {
            due.remove(announcement);
            listener.listChanged(server, kind, user);
          };
      timer.schedule(tell, time.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private record Announcement(String server, String notification, String user) {}
}
