package io.mcprouter.credential;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Tells every part of every node that something it may remember has changed. PostgreSQL carries the
 * news within milliseconds; processes that share an H2 file look for it every two seconds. News can
 * be lost with a connection, and then everybody is told to forget everything.
 */
public final class Invalidations implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Invalidations.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final String node = UUID.randomUUID().toString();
  private final NewsChannel channel;

  private Invalidations(Store store, Clock clock) {
    channel =
        switch (store.vendor()) {
          case POSTGRESQL -> new NotifyChannel(store, this::received, this::lostTrack);
          case H2 -> new PollChannel(store, clock, this::received, this::lostTrack);
        };
  }

  /** Begins to listen to the other nodes. */
  public static Invalidations open(Store store, Clock clock) {
    Invalidations invalidations = new Invalidations(store, clock);
    invalidations.channel.open();
    return invalidations;
  }

  /** Adds one who is told, on any thread, of changes here and elsewhere. */
  public void onChange(Listener listener) {
    listeners.add(listener);
  }

  /**
   * Tells this node's listeners, before it returns, and then the other nodes. It comes after the
   * change has been committed, so that nobody reads the old state again.
   */
  public void publish(Invalidation change) {
    tell(listener -> listener.changed(change));
    try {
      channel.send(written(change));
    } catch (DataAccessException e) {
      LOG.warn("Other nodes could not be told of a change ({}): they find out by time", change, e);
    }
  }

  private String written(Invalidation change) {
    try {
      return JSON.writeValueAsString(
          List.of(node, change.kind(), change.tenant(), change.user(), change.server()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An invalidation cannot be written", e);
    }
  }

  private void received(String message) {
    try {
      String[] parts = JSON.readValue(message, String[].class);
      if (!parts[0].equals(node)) {
        Invalidation change =
            new Invalidation(Invalidation.Kind.valueOf(parts[1]), parts[2], parts[3], parts[4]);
        tell(listener -> listener.changed(change));
      }
    } catch (JsonProcessingException | IllegalArgumentException | IndexOutOfBoundsException e) {
      LOG.warn("Another node, perhaps of another version, sent news that is not understood", e);
      lostTrack();
    }
  }

  private void lostTrack() {
    LOG.info("News of other nodes may have been missed: everything is read anew");
    tell(Listener::lostTrack);
  }

  /** One listener that fails must not keep the news from the others. */
  private void tell(Consumer<Listener> news) {
    for (Listener listener : listeners) {
      try {
        news.accept(listener);
      } catch (RuntimeException e) {
        LOG.error("{} failed on news of a change", listener.getClass().getName(), e);
      }
    }
  }

  @Override
  public void close() {
    channel.close();
  }

  /** Remembers something of the store. It must not block for long. */
  public interface Listener {
    /** Something changed. */
    void changed(Invalidation change);

    /** Anything may have changed. */
    void lostTrack();
  }
}
