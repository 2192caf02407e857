package io.mcprouter.endpoint;

import io.mcprouter.catalog.View;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Revision;
import io.mcprouter.transport.spi.McpFailure;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The client sessions that are open, found by id and by nobody but their own caller. */
public final class ClientSessions {
  private static final int ID_BYTES = 24;

  private final EndpointSettings settings;
  private final Map<String, ClientSession> sessions = new ConcurrentHashMap<>();
  private final Map<String, Integer> perUser = new ConcurrentHashMap<>();
  private final AtomicInteger total = new AtomicInteger();
  private final List<Consumer<String>> goneListeners = new CopyOnWriteArrayList<>();
  private final SecureRandom random = new SecureRandom();

  public ClientSessions(EndpointSettings settings) {
    this.settings = settings;
  }

  /** Adds a listener for the ids of client sessions that ended. */
  public void onGone(Consumer<String> listener) {
    goneListeners.add(listener);
  }

  /** How many client sessions are open. */
  public int count() {
    return sessions.size();
  }

  Collection<ClientSession> all() {
    return sessions.values();
  }

  /** Opens a session, unless the caller, or all callers together, have too many. */
  ClientSession open(Caller caller, View view, Revision revision, String capabilities)
      throws McpFailure {
    if (perUser.merge(caller.key(), 1, Integer::sum) > settings.limits().maxSessionsPerUser()) {
      leave(caller.key());
      throw limit(
          "you have " + settings.limits().maxSessionsPerUser() + " sessions open: end one first");
    }
    if (total.incrementAndGet() > settings.limits().maxSessions()) {
      total.decrementAndGet();
      leave(caller.key());
      throw limit("it serves as many sessions as it may");
    }
    ClientSession session = new ClientSession(newId(), caller, view, revision, capabilities);
    sessions.put(session.id(), session);
    return session;
  }

  private void leave(String user) {
    perUser.computeIfPresent(user, (key, count) -> count == 1 ? null : count - 1);
  }

  private static McpFailure limit(String what) {
    return McpFailure.limit("mcp-router", what);
  }

  private String newId() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * The session with that id, if it is this caller's and for this view; an id alone opens nothing.
   */
  @Nullable ClientSession find(@Nullable String id, Caller caller, View view) {
    ClientSession session = id == null ? null : sessions.get(id);
    if (session == null
        || !session.caller().key().equals(caller.key())
        || !session.view().equals(view)) {
      return null;
    }
    session.by(caller);
    session.touch();
    return session;
  }

  void close(ClientSession session) {
    if (sessions.remove(session.id(), session)) {
      total.decrementAndGet();
      leave(session.caller().key());
      session.close();
      tellGone(session);
    }
  }

  /** Tells that a session is over; again where something was done for it in the meantime. */
  void tellGone(ClientSession session) {
    goneListeners.forEach(listener -> listener.accept(session.id()));
  }

  /** Ends the sessions that nobody has used for too long. */
  void closeIdle() {
    long limit = settings.times().sessionIdle().toNanos();
    sessions.values().stream().filter(session -> session.idleNanos() > limit).forEach(this::close);
  }

  /** Cancels what clients asked for who lost their stream and have not come back to it. */
  void cancelAbandoned() {
    long wait = settings.times().resumeWait().toNanos();
    sessions.values().forEach(session -> session.events().abandonAfter(wait));
  }

  /** Keeps connections alive on which a reply is waited for. */
  void stayAlive() {
    long quiet = settings.times().keepAlive().toNanos();
    sessions.values().forEach(session -> session.stayAlive(quiet));
  }

  void closeAll() {
    sessions.values().forEach(this::close);
  }
}
