package io.mcprouter.transport.spi;

import io.mcprouter.protocol.ErrorCodes;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.Messages;
import io.mcprouter.protocol.Methods;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The calls that are open on a connection and the questions that its server has asked. It decides
 * which call a server's message belongs to: the one whose token it carries, the one on whose stream
 * it came, or the only one that is open where the connection serves one user. What belongs to none
 * of these is never guessed.
 *
 * <p>Written by callers and by the connection's threads; whoever removes an entry ends the call.
 */
public final class OpenCalls {
  private final ConnectionOptions options;
  private final ConnectionListener listener;
  private final Consumer<byte[]> send;
  private final Map<Long, Open> open = new ConcurrentHashMap<>();
  private volatile String user = "";
  private volatile boolean sharedByUsers;
  private final Map<String, ServerQuestion> questions = new ConcurrentHashMap<>();

  /** Keeps the calls of a connection whose answers to the server go to {@code send}. */
  public OpenCalls(ConnectionOptions options, ConnectionListener listener, Consumer<byte[]> send) {
    this.options = options;
    this.listener = listener;
    this.send = send;
  }

  /** Whether no further call may be opened. */
  public boolean isFull() {
    return open.size() >= options.limits().maxPending();
  }

  public McpFailure full() {
    return McpFailure.limit(
        options.server(),
        "more than " + options.limits().maxPending() + " calls are open on one connection");
  }

  public void add(long id, McpCall call, byte @Nullable [] progressToken) {
    open.put(id, new Open(call, progressToken));
    if (!sharedByUsers) {
      note(call.caller().key());
    }
  }

  private void note(String caller) {
    if (!caller.isEmpty() && !caller.equals(user)) {
      synchronized (this) {
        sharedByUsers |= !user.isEmpty() && !caller.equals(user);
        user = caller;
      }
    }
  }

  /** Forgets a call and returns it, or null when it was not open any more. */
  public @Nullable McpCall remove(long id) {
    Open removed = open.remove(id);
    return removed == null ? null : removed.call;
  }

  /** Takes a notification; {@code owner} is the call on whose own stream it came, or null. */
  public void notification(Frame notification, @Nullable McpCall owner) {
    switch (notification.method()) {
      case Methods.PROGRESS -> progress(notification);
      case Methods.CANCELLED -> withdraw(notification);
      case Methods.LOG_MESSAGE -> {
        McpCall call = owner == null ? onlyCall() : owner;
        if (call == null) {
          listener.notified(notification);
        } else {
          call.notify(notification);
        }
      }
      default -> listener.notified(notification);
    }
  }

  private void progress(Frame notification) {
    Open owner = open.get(notification.numericProgressToken());
    if (owner != null && owner.progressToken != null) {
      owner.call.notify(notification.edit().progressToken(owner.progressToken).frame());
    }
  }

  private void withdraw(Frame notification) {
    byte[] id = notification.requestId();
    ServerQuestion question = id == null ? null : questions.remove(key(id));
    if (question != null) {
      question.withdraw();
    }
  }

  /**
   * Takes a request of the server; {@code owner} is the call on whose own stream it came, or null.
   */
  public void question(Frame request, @Nullable McpCall owner) {
    ServerQuestion question = new ServerQuestion(request, send);
    if (request.method().equals(Methods.PING)) {
      send.accept(Messages.emptyResult(question.id()));
      return;
    }
    questions.values().removeIf(ServerQuestion::isAnswered);
    if (questions.size() >= options.limits().maxPending()) {
      send.accept(
          Messages.error(question.id(), ErrorCodes.LIMIT_REACHED, "Too many requests are open"));
      return;
    }
    questions.put(key(question.id()), question);
    McpCall call = owner == null ? onlyCall() : owner;
    if (call == null) {
      listener.asked(request, question);
    } else {
      call.ask(request, question);
    }
  }

  /**
   * The call that is open alone; null on a connection that has served several users, where a late
   * word of one user's call must not reach another.
   */
  private @Nullable McpCall onlyCall() {
    if (sharedByUsers) {
      return null;
    }
    Iterator<Open> calls = open.values().iterator();
    if (!calls.hasNext()) {
      return null;
    }
    McpCall first = calls.next().call;
    return calls.hasNext() ? null : first;
  }

  /** Ends everything that is open: the connection is gone. */
  public void failAll(McpFailure reason) {
    for (Iterator<Open> calls = open.values().iterator(); calls.hasNext(); ) {
      Open next = calls.next();
      calls.remove();
      next.call.abandon(reason);
    }
    questions.values().forEach(ServerQuestion::withdraw);
    questions.clear();
  }

  private static String key(byte[] id) {
    return new String(id, StandardCharsets.UTF_8);
  }

  private static final class Open {
    private final McpCall call;
    private final byte @Nullable [] progressToken;

    private Open(McpCall call, byte @Nullable [] progressToken) {
      this.call = call;
      this.progressToken = progressToken;
    }
  }
}
