package io.mcprouter.transport.spi;

import io.mcprouter.protocol.ErrorCodes;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Why a call did not get an answer from its server. The message is made for the person at the other
 * end: it names the server and what to do, and never holds arguments, headers, environment values
 * or tokens.
 */
public final class McpFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** What went wrong, as meters and callers tell it apart. */
  public enum Kind {
    /** The server did not answer in time. */
    TIMED_OUT(ErrorCodes.TIMED_OUT, "timeout"),
    /** No connection could be opened. */
    UNAVAILABLE(ErrorCodes.SERVER_UNAVAILABLE, "unavailable"),
    /** The connection broke while the call was open: the server may have acted on it. */
    CONNECTION_LOST(ErrorCodes.CONNECTION_LOST, "connection_lost"),
    /** The server no longer knows the session and did not act on the call. */
    SESSION_LOST(ErrorCodes.CONNECTION_LOST, "session_lost"),
    LIMIT_REACHED(ErrorCodes.LIMIT_REACHED, "limit"),
    CANCELLED(ErrorCodes.CANCELLED, "cancelled"),
    NOT_CONFIGURED(ErrorCodes.NOT_CONFIGURED, "not_configured"),
    /** The user must log in; {@link #link()} is where. */
    LOGIN_REQUIRED(ErrorCodes.LOGIN_REQUIRED, "login_required"),
    /** The user must save variables of their own first. */
    VARIABLES_MISSING(ErrorCodes.VARIABLES_MISSING, "variables_missing"),
    /** The address policy, an access rule or the server's own rules refuse it. */
    FORBIDDEN(ErrorCodes.FORBIDDEN, "forbidden"),
    PROTOCOL_VIOLATION(ErrorCodes.PROTOCOL_VIOLATION, "protocol_violation"),
    INTERNAL(ErrorCodes.INTERNAL_ERROR, "internal");

    private final int code;
    private final String label;

    Kind(int code, String label) {
      this.code = code;
      this.label = label;
    }

    /** The JSON-RPC error code that a client sees. */
    public int code() {
      return code;
    }

    /** The outcome as a meter's label. */
    public String label() {
      return label;
    }
  }

  private final Kind kind;
  private final String server;
  private final @Nullable String link;
  private final boolean acted;

  private McpFailure(Kind kind, String server, String message, @Nullable Throwable cause) {
    this(kind, server, message, cause, null);
  }

  private McpFailure(
      Kind kind, String server, String message, @Nullable Throwable cause, @Nullable String link) {
    super(message, cause, false, false);
    this.kind = kind;
    this.server = server;
    this.link = link;
    this.acted =
        switch (kind) {
          case TIMED_OUT, CONNECTION_LOST, CANCELLED, PROTOCOL_VIOLATION, INTERNAL -> true;
          case LIMIT_REACHED -> cause instanceof McpFailure before && before.acted;
          default -> false;
        };
  }

  private McpFailure(String server, String message) {
    super(message, null, false, false);
    this.kind = Kind.LIMIT_REACHED;
    this.server = server;
    this.link = null;
    this.acted = true;
  }

  public static McpFailure of(Kind kind, String server, String what) {
    return new McpFailure(kind, server, told(server, what), null);
  }

  private static String told(String server, String what) {
    return "Server '" + server + "': " + what;
  }

  public static McpFailure unavailable(String server, String why) {
    return of(Kind.UNAVAILABLE, server, "no connection: " + why);
  }

  public static McpFailure connectionLost(String server, String why) {
    return of(Kind.CONNECTION_LOST, server, "the connection was lost: " + why);
  }

  public static McpFailure timedOut(String server, Duration limit) {
    return of(Kind.TIMED_OUT, server, "no answer within " + limit.toMillis() + " ms");
  }

  /** Whoever cancels knows no server; the one that is asked is named by {@link #at}. */
  public static McpFailure cancelled(String why) {
    return new McpFailure(Kind.CANCELLED, "", "cancelled: " + why, null);
  }

  /**
   * The user must log in first.
   *
   * @param link the router's own page where that begins; null where the router cannot offer one. It
   *     is the user's secret, so it is no part of the message, which may be logged
   */
  public static McpFailure loginRequired(String server, String what, @Nullable String link) {
    return new McpFailure(Kind.LOGIN_REQUIRED, server, told(server, what), null, link);
  }

  public static McpFailure limit(String server, String what) {
    return of(Kind.LIMIT_REACHED, server, what);
  }

  /** What the server says is more than is taken: it may have acted on the call. */
  public static McpFailure tooMuchSaid(String server, String what) {
    return new McpFailure(server, told(server, what));
  }

  public static McpFailure violation(String server, String what) {
    return of(Kind.PROTOCOL_VIOLATION, server, "broke the protocol: " + what);
  }

  /**
   * The failure inside what futures and Camel wrap around it; an unexpected exception becomes an
   * internal failure.
   */
  public static McpFailure from(Throwable thrown, String server) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof McpFailure failure) {
        return failure;
      }
    }
    Throwable cause = unwrapped(thrown);
    String what = "failed inside the router (" + cause.getClass().getSimpleName() + ")";
    return new McpFailure(Kind.INTERNAL, server, told(server, what), cause);
  }

  private static Throwable unwrapped(Throwable thrown) {
    boolean wrapper = thrown instanceof CompletionException || thrown instanceof ExecutionException;
    return wrapper && thrown.getCause() != null ? thrown.getCause() : thrown;
  }

  /** The message without the server's name, for a place that names it already. */
  public String reason() {
    String message = String.valueOf(getMessage());
    String prefix = told(server, "");
    return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
  }

  /** Why a call was cancelled, as its server is told. */
  public String toldToServer() {
    return kind == Kind.TIMED_OUT ? "timed out" : "cancelled by the client";
  }

  /** The same failure as one of another kind. */
  public McpFailure as(Kind other) {
    return new McpFailure(other, server, String.valueOf(getMessage()), this, link);
  }

  /** The same failure, of this server where it names none yet. */
  public McpFailure at(String asked) {
    return server.isEmpty()
        ? new McpFailure(kind, asked, told(asked, String.valueOf(getMessage())), getCause(), link)
        : this;
  }

  /** The same failure, of the server by another name. */
  public McpFailure of(String name) {
    return new McpFailure(kind, name, told(name, reason()), this, link);
  }

  /** The same failure with more to say. */
  public McpFailure adding(String more) {
    return new McpFailure(kind, server, getMessage() + more, this, link);
  }

  /** Whether the server may have acted on the call; false where it surely did not. */
  public boolean mayHaveActed() {
    return acted;
  }

  /** Where the user can do what is missing, for this user's eyes alone; null for most failures. */
  public @Nullable String link() {
    return link;
  }

  public Kind kind() {
    return kind;
  }

  /** The server's name; empty where the failure is not of one yet. */
  public String server() {
    return server;
  }
}
