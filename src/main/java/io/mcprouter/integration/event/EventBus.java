package io.mcprouter.integration.event;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Where events come together and routes get them. Whoever publishes is never held up, and where no
 * route wants a kind of event none is made.
 */
public final class EventBus {
  private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
  private final AtomicLong dropped = new AtomicLong();
  private volatile Set<EventKind> wanted = EnumSet.noneOf(EventKind.class);

  /** A route. It must not block. */
  interface Subscriber {
    Set<EventKind> kinds();

    /** Takes an event of one of its kinds; false where it has no room for it. */
    boolean take(ServerEvent event);
  }

  synchronized void add(Subscriber subscriber) {
    subscribers.add(subscriber);
    lookAgain();
  }

  synchronized void remove(Subscriber subscriber) {
    subscribers.remove(subscriber);
    lookAgain();
  }

  private void lookAgain() {
    Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
    subscribers.forEach(subscriber -> kinds.addAll(subscriber.kinds()));
    wanted = kinds;
  }

  /** Whether any route wants events of a kind. */
  boolean wants(EventKind kind) {
    return wanted.contains(kind);
  }

  /** Hands an event to the routes that want its kind; it is made only where there is one. */
  void publish(EventKind kind, Supplier<ServerEvent> made) {
    if (!wants(kind)) {
      return;
    }
    ServerEvent event = made.get();
    for (Subscriber subscriber : subscribers) {
      if (subscriber.kinds().contains(kind) && !subscriber.take(event)) {
        dropped.incrementAndGet();
      }
    }
  }

  /** How many events a route had no room for. */
  public long dropped() {
    return dropped.get();
  }
}
