package io.mcprouter.endpoint;

import io.mcprouter.catalog.View;
import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.JsonText;
import io.mcprouter.protocol.LogLevel;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.protocol.Messages;
import io.mcprouter.protocol.Methods;
import io.mcprouter.protocol.Revision;
import io.mcprouter.transport.spi.McpClient;
import io.mcprouter.transport.spi.McpFailure;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One client's conversation with the router: what was agreed when it began, the calls that are
 * open, and the questions that servers have asked this client. Used from many threads; each
 * collection is safe by itself.
 */
final class ClientSession {
  private final String id;

  /** A message may be configured to nest deeper than usual. */
  private static final int MOST_DEPTH = 10_000;

  private final boolean opensUrls;
  private volatile Caller caller;
  private final View view;
  private final Revision revision;
  private final McpClient client;
  private final Set<ClientCall> calls = ConcurrentHashMap.newKeySet();
  private final AtomicInteger callCount = new AtomicInteger();
  private final Map<Long, CallStream.Answer> questions = new ConcurrentHashMap<>();
  private final AtomicLong questionIds = new AtomicLong(1);
  private final Set<String> servers = ConcurrentHashMap.newKeySet();
  private final Set<String> subscriptions = ConcurrentHashMap.newKeySet();
  private final EventLog events = new EventLog(this::touch);
  private volatile @Nullable LogLevel logLevel;
  private volatile Channel push = Channel.NONE;
  private volatile long lastUse = System.nanoTime();
  private volatile boolean isConnection;
  private volatile boolean closed;

  ClientSession(String id, Caller caller, View view, Revision revision, String capabilities) {
    this.id = id;
    this.caller = caller;
    this.view = view;
    this.revision = revision;
    this.client = new McpClient(id, capabilities, revision);
    this.opensUrls = revision.hasUrlElicitation() && declaresUrls(capabilities);
  }

  private static boolean declaresUrls(String capabilities) {
    try {
      byte[] json = capabilities.getBytes(StandardCharsets.UTF_8);
      JsonSpan elicitation = JsonSpan.parse(json, MOST_DEPTH).member("elicitation");
      return elicitation != null && elicitation.member("url") != null;
    } catch (MalformedMessage e) {
      throw new IllegalStateException("capabilities were read before they were kept", e);
    }
  }

  /** Whether the client can be asked to open a page (elicitation, URL mode). */
  boolean opensUrls() {
    return opensUrls;
  }

  String id() {
    return id;
  }

  /** The user, as the latest request proved them: for what is done without a request of theirs. */
  Caller caller() {
    return caller;
  }

  /** Keeps the caller of a request: the same user, whose roles and token may be others now. */
  void by(Caller now) {
    caller = now;
  }

  View view() {
    return view;
  }

  Revision revision() {
    return revision;
  }

  McpClient client() {
    return client;
  }

  /** Where messages go that belong to no request. */
  void pushTo(Channel channel) {
    push = channel;
  }

  /** Binds the session to the connection that carries everything: it lives as long as that. */
  void liveOn(Channel connection) {
    isConnection = true;
    push = connection;
  }

  /** Sends a message that belongs to no request. */
  void push(byte[] message) {
    if (!closed) {
      push.send(message);
    }
  }

  void touch() {
    lastUse = System.nanoTime();
  }

  /** Nanoseconds for which the session is unused; 0 while a call or a stream is open. */
  long idleNanos() {
    boolean used = isConnection || callCount.get() > 0 || events.isRead();
    return used ? 0 : System.nanoTime() - lastUse;
  }

  /** Counts a call in; false when too many are open. */
  boolean open(ClientCall call, int most) {
    if (callCount.incrementAndGet() > most) {
      callCount.decrementAndGet();
      return false;
    }
    calls.add(call);
    return true;
  }

  boolean isOpen(ClientCall call) {
    return calls.contains(call);
  }

  void done(ClientCall call) {
    if (calls.remove(call)) {
      callCount.decrementAndGet();
      touch();
    }
  }

  /** The client cancels a request of its own. */
  void cancel(byte[] requestId) {
    for (ClientCall call : calls) {
      if (Arrays.equals(call.id(), requestId)) {
        call.withdraw();
      }
    }
  }

  /** Cancels what was asked on a channel that is gone. */
  void cancelFor(Channel channel, String why) {
    for (ClientCall call : calls) {
      if (call.isOn(channel)) {
        call.cancel(why);
      }
    }
  }

  /** Keeps the connections of calls alive that have been open for longer than that. */
  void stayAlive(long nanos) {
    calls.forEach(call -> call.stayAlive(nanos));
  }

  /** The streams of this session that its client can resume. */
  EventLog events() {
    return events;
  }

  /** Servers that this session has called, which may hold an upstream session for it. */
  Set<String> servers() {
    return servers;
  }

  /** Resources whose updates this client wants. */
  Set<String> subscriptions() {
    return subscriptions;
  }

  void logLevel(LogLevel level) {
    logLevel = level;
  }

  /** Whether a log message passes the level that this client set, if it set any. */
  boolean wants(Frame notification) {
    LogLevel least = logLevel;
    return least == null
        || !notification.method().equals(Methods.LOG_MESSAGE)
        || LogLevel.of(notification).compareTo(least) >= 0;
  }

  /** Asks the client, on the given channel or wherever unasked messages go. */
  void ask(Frame request, CallStream.Answer answer, Channel channel) {
    Channel way = channel.canSend() ? channel : push;
    if (closed || !way.canSend() || !canAnswer(request.method())) {
      answer.decline("the client cannot be asked");
      return;
    }
    long questionId = questionIds.getAndIncrement();
    byte[] token = JsonText.number(questionId);
    questions.put(questionId, answer);
    byte[] progressToken = request.progressToken() == null ? null : token;
    way.send(request.edit().id(token).progressToken(progressToken).bytes());
    answer.onWithdrawn( // which runs at once where that is so already
        () -> {
          if (questions.remove(questionId) != null) {
            way.send(Messages.cancelled(token, "the server took the request back"));
          }
        });
  }

  private boolean canAnswer(String method) {
    String capability =
        switch (method) {
          case Methods.SAMPLING -> "\"sampling\"";
          case Methods.ELICITATION -> "\"elicitation\"";
          case Methods.ROOTS_LIST -> "\"roots\"";
          default -> "";
        };
    return capability.isEmpty() || client.capabilities().contains(capability);
  }

  /** The client's reply to a server's request; replies to nothing are dropped. */
  void answered(Frame reply) {
    CallStream.Answer answer = questions.remove(reply.numericId());
    if (answer != null) {
      answer.reply(reply);
    }
  }

  /** The client's progress on a server's request; on nothing, it is dropped. */
  void progressed(Frame notification) {
    touch();
    CallStream.Answer answer = questions.get(notification.numericProgressToken());
    if (answer != null) {
      answer.progress(notification);
    }
  }

  /** Ends everything that is open: the client is gone. */
  void close() {
    closed = true;
    for (ClientCall call : calls) {
      call.cancel("the client is gone");
    }
    questions.values().forEach(answer -> answer.decline("the client is gone"));
    questions.clear();
    push = Channel.NONE;
    events.close();
  }

  boolean isClosed() {
    return closed;
  }

  McpFailure tooManyCalls(int most) {
    return McpFailure.limit("mcp-router", "more than " + most + " calls are open in this session");
  }
}
