package io.mcprouter.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A copy of a message in which some tokens are replaced; all other bytes stay as they are. Written
 * once, used once.
 */
public final class FrameEdit {
  private static final int MOST = 4;

  private final Frame frame;
  private final int[] from = new int[MOST];
  private final int[] to = new int[MOST];
  private final byte[][] with = new byte[MOST][];
  private int count;

  FrameEdit(Frame frame) {
    this.frame = frame;
    name(frame.newName);
  }

  /** Replaces the id by a token that the caller encoded; a reply without an id gets one. */
  public FrameEdit id(byte[] token) {
    if (frame.spans.idFrom < 0 && frame.isReply()) {
      int begin = frame.spans.begin;
      return replace(begin, begin, Messages.join("\"id\":", token, ","));
    }
    return replace(frame.spans.idFrom, frame.spans.idTo, token);
  }

  /**
   * Replaces {@code params._meta.progressToken}, or {@code params.progressToken} of a progress
   * notification.
   */
  public FrameEdit progressToken(byte @Nullable [] token) {
    return token == null ? this : replace(frame.spans.tokenFrom, frame.spans.tokenTo, token);
  }

  /** Replaces {@code params.name}. */
  public FrameEdit name(@Nullable String name) {
    return name == null
        ? this
        : replace(frame.spans.nameFrom, frame.spans.nameTo, JsonText.quoted(name));
  }

  /** Replaces {@code params.requestId} of a cancellation. */
  public FrameEdit requestId(byte[] token) {
    return replace(frame.spans.requestIdFrom, frame.spans.requestIdTo, token);
  }

  /** Replaces a value that was found by walking through the message. */
  public FrameEdit value(@Nullable JsonSpan span, byte[] json) {
    return span == null ? this : replace(span.from(), span.to(), json);
  }

  private FrameEdit replace(int start, int end, byte[] token) {
    if (start < 0) {
      return this;
    }
    for (int i = 0; i < count; i++) {
      if (from[i] == start) {
        with[i] = token;
        return this;
      }
    }
    int at = count++;
    while (at > 0 && from[at - 1] > start) {
      from[at] = from[at - 1];
      to[at] = to[at - 1];
      with[at] = with[at - 1];
      at--;
    }
    from[at] = start;
    to[at] = end;
    with[at] = token;
    return this;
  }

  /** The number of bytes of the edited message. */
  public int length() {
    int length = frame.json.length;
    for (int i = 0; i < count; i++) {
      length += with[i].length - (to[i] - from[i]);
    }
    return length;
  }

  /** The edited message. */
  public byte[] bytes() {
    if (count == 0) {
      return frame.json;
    }
    byte[] out = new byte[length()];
    int read = 0;
    int written = 0;
    for (int i = 0; i < count; i++) {
      int kept = from[i] - read;
      System.arraycopy(frame.json, read, out, written, kept);
      written += kept;
      System.arraycopy(with[i], 0, out, written, with[i].length);
      written += with[i].length;
      read = to[i];
    }
    System.arraycopy(frame.json, read, out, written, frame.json.length - read);
    return out;
  }

  /** Gives the edited message piece by piece, in order and without a copy. */
  public void forEachPiece(Piece consumer) {
    int read = 0;
    for (int i = 0; i < count; i++) {
      consumer.accept(frame.json, read, from[i]);
      consumer.accept(with[i], 0, with[i].length);
      read = to[i];
    }
    consumer.accept(frame.json, read, frame.json.length);
  }

  /** The edited message, its envelope read anew. */
  public Frame frame() {
    try {
      return count == 0 ? frame : Frame.parse(bytes(), Integer.MAX_VALUE);
    } catch (MalformedMessage e) {
      throw new IllegalArgumentException("the edit broke the message: " + e.getMessage(), e);
    }
  }

  /** Takes a piece of a message. */
  @FunctionalInterface
  public interface Piece {
    /** The bytes {@code from} inclusive to {@code to} exclusive, not to be changed. */
    void accept(byte[] bytes, int from, int to);
  }
}
