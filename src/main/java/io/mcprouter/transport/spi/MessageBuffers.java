package io.mcprouter.transport.spi;

import io.mcprouter.protocol.FrameEdit;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.buffer.impl.BufferImpl;

/**
 * Messages as Vert.x takes them, without the copy that its public ways make: the bytes must not
 * change any more, and a buffer is written once.
 */
public final class MessageBuffers {
  /** A message with fewer bytes is copied faster than it is sent in pieces. */
  private static final int SMALLEST_IN_PIECES = 8 << 10;

  private static final int MOST_PIECES = 16;

  private MessageBuffers() {}

  public static Buffer of(byte[] message) {
    return BufferImpl.buffer(Unpooled.wrappedBuffer(message));
  }

  /** The edited message; a large one is not copied for its few new tokens. */
  public static Buffer of(FrameEdit message) {
    if (message.length() < SMALLEST_IN_PIECES) {
      return of(message.bytes());
    }
    CompositeByteBuf pieces = Unpooled.compositeBuffer(MOST_PIECES);
    message.forEachPiece(
        (bytes, from, to) ->
            pieces.addComponent(true, Unpooled.wrappedBuffer(bytes, from, to - from)));
    return BufferImpl.buffer(pieces);
  }
}
