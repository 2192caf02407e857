package io.mcprouter.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One JSON-RPC message, kept as the bytes that came in, and where the few tokens stand that a
 * router must read or replace. Everything else passes through as written: numbers, key order,
 * unknown fields, methods and result types.
 */
public final class Frame {
  /** The four forms of a JSON-RPC message. */
  public enum Kind {
    REQUEST,
    NOTIFICATION,
    RESULT,
    ERROR
  }

  /** Nesting that a message may have unless a limit says otherwise. */
  public static final int DEFAULT_MAX_DEPTH = 200;

  final byte[] json;
  final Kind kind;
  final @Nullable String method;
  final Spans spans;

  /** A name that takes the place of {@code params.name} when the message is written. */
  final @Nullable String newName;

  Frame(byte[] json, Kind kind, @Nullable String method, Spans spans) {
    this(json, kind, method, spans, null);
  }

  private Frame(
      byte[] json, Kind kind, @Nullable String method, Spans spans, @Nullable String newName) {
    this.json = json;
    this.kind = kind;
    this.method = method;
    this.spans = spans;
    this.newName = newName;
  }

  /** Reads the envelope of a message with the default depth limit. */
  public static Frame parse(byte[] json) throws MalformedMessage {
    return parse(json, DEFAULT_MAX_DEPTH);
  }

  /**
   * Reads the envelope of a message.
   *
   * @throws MalformedMessage when it is not JSON, is nested too deeply, is no single JSON-RPC
   *     message, or names a token twice that two readers could understand differently
   */
  public static Frame parse(byte[] json, int maxDepth) throws MalformedMessage {
    return new FrameReader(json, maxDepth).read();
  }

  /** A message that the router wrote itself. */
  public static Frame of(String json) {
    try {
      return parse(json.getBytes(StandardCharsets.UTF_8));
    } catch (MalformedMessage e) {
      throw new IllegalArgumentException("not a message: " + e.getMessage(), e);
    }
  }

  public Kind kind() {
    return kind;
  }

  public boolean isRequest() {
    return kind == Kind.REQUEST;
  }

  public boolean isNotification() {
    return kind == Kind.NOTIFICATION;
  }

  /** Whether this answers a request: a result or an error. */
  public boolean isReply() {
    return kind == Kind.RESULT || kind == Kind.ERROR;
  }

  /** Whether this is a tool's result that says {@code isError}. */
  public boolean isToolError() {
    return spans.toolError;
  }

  /** The method of a request or notification; the empty string for a reply. */
  public String method() {
    return method == null ? "" : method;
  }

  /** Whether line breaks stand between tokens, which framing by lines must replace. */
  public boolean hasLineBreaks() {
    return spans.lineBreaks;
  }

  /** The message; not to be changed. */
  public byte[] bytes() {
    return newName == null ? json : edit().bytes();
  }

  public int length() {
    return json.length;
  }

  /**
   * The same message with another {@code params.name}. Nothing is copied until the message is
   * written, when the id is replaced too.
   */
  public Frame withName(String name) {
    return new Frame(json, kind, method, spans, name);
  }

  /**
   * The raw token of the id, or null where there is none (a notification, or an error without an
   * id).
   */
  public byte @Nullable [] id() {
    return spans.hasId() ? copy(spans.idFrom, spans.idTo) : null;
  }

  /** The id as a number, where it is one that the router gave out; else -1. */
  public long numericId() {
    return number(spans.idFrom, spans.idTo);
  }

  /**
   * {@code params.progressToken} of a progress notification as a number that the router gave out;
   * else -1.
   */
  public long numericProgressToken() {
    return number(spans.tokenFrom, spans.tokenTo);
  }

  /**
   * The raw token of {@code params._meta.progressToken} (requests) or {@code params.progressToken}
   * (progress).
   */
  public byte @Nullable [] progressToken() {
    return copy(spans.tokenFrom, spans.tokenTo);
  }

  /** The raw token of {@code params.requestId} of a cancellation. */
  public byte @Nullable [] requestId() {
    return copy(spans.requestIdFrom, spans.requestIdTo);
  }

  /** {@code params.name} where it is a string. */
  public @Nullable String name() {
    return newName != null ? newName : text(spans.nameFrom, spans.nameTo);
  }

  /** {@code params.uri} where it is a string. */
  public @Nullable String uri() {
    return text(spans.uriFrom, spans.uriTo);
  }

  public @Nullable JsonSpan params() {
    return span(spans.paramsFrom, spans.paramsTo);
  }

  public @Nullable JsonSpan result() {
    return kind == Kind.RESULT ? span(spans.outcomeFrom, spans.outcomeTo) : null;
  }

  public @Nullable JsonSpan error() {
    return kind == Kind.ERROR ? span(spans.outcomeFrom, spans.outcomeTo) : null;
  }

  /** Starts a copy of this message in which some tokens are replaced. */
  public FrameEdit edit() {
    return new FrameEdit(this);
  }

  /**
   * The message with other bytes in place of its id. An error that names no request gets them as
   * well: whoever knows which request it answers must be able to say so.
   */
  public byte[] withId(byte[] id) {
    if (newName != null || spans.idFrom < 0) {
      return edit().id(id).bytes();
    }
    byte[] out = new byte[json.length + id.length - (spans.idTo - spans.idFrom)];
    System.arraycopy(json, 0, out, 0, spans.idFrom);
    System.arraycopy(id, 0, out, spans.idFrom, id.length);
    System.arraycopy(json, spans.idTo, out, spans.idFrom + id.length, json.length - spans.idTo);
    return out;
  }

  private @Nullable JsonSpan span(int from, int to) {
    return from < 0 ? null : new JsonSpan(json, from, to);
  }

  private byte @Nullable [] copy(int from, int to) {
    return from < 0 ? null : Arrays.copyOfRange(json, from, to);
  }

  private @Nullable String text(int from, int to) {
    return from < 0 || json[from] != '"' ? null : new JsonSpan(json, from, to).text();
  }

  private long number(int from, int to) {
    if (from < 0 || to - from > 18) {
      return -1;
    }
    long value = 0;
    for (int at = from; at < to; at++) {
      int digit = json[at] - '0';
      if (digit < 0 || digit > 9) {
        return at > from && isZeroFraction(at, to) ? value : -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /** Some servers write whole numbers as 1.0, which is the same number. */
  private boolean isZeroFraction(int from, int to) {
    for (int at = from + 1; at < to; at++) {
      if (json[at] != '0') {
        return false;
      }
    }
    return json[from] == '.';
  }

  /** Says what kind of message this is, and nothing of what it holds. */
  @Override
  public String toString() {
    return kind + (method == null ? "" : " " + method) + " (" + json.length + " bytes)";
  }

  /** Where the tokens of an envelope stand; -1 where there is none. */
  static final class Spans {
    int idFrom = -1;
    int idTo = -1;
    int methodFrom = -1;
    int methodTo = -1;
    int paramsFrom = -1;
    int paramsTo = -1;
    int nameFrom = -1;
    int nameTo = -1;
    int uriFrom = -1;
    int uriTo = -1;
    int tokenFrom = -1;
    int tokenTo = -1;
    int metaTokenFrom = -1;
    int metaTokenTo = -1;
    int requestIdFrom = -1;
    int requestIdTo = -1;
    int outcomeFrom = -1;
    int outcomeTo = -1;

    /** Behind the brace that opens the message. */
    int begin;

    boolean nullId;
    boolean error;
    boolean meta;
    boolean toolError;
    boolean lineBreaks;

    /** An id of null, as errors have it whose request could not be read, is none. */
    boolean hasId() {
      return idFrom >= 0 && !nullId;
    }
  }
}
