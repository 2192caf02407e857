package io.mcprouter.catalog;

import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page of a merged list begins; opaque to clients.
 *
 * @param epoch the list that it was given out for
 * @param offset the first item of the page
 * @param last the item before it, by which the place is found again in a list that changed
 */
record Cursor(ListKind kind, long epoch, int offset, long last) {
  private static final byte VERSION = 1;
  private static final int LENGTH = 1 + 2 * Integer.BYTES + 2 * Long.BYTES;

  String text() {
    ByteBuffer bytes =
        ByteBuffer.allocate(LENGTH)
            .put(VERSION)
            .putInt(kind.listKey().hashCode())
            .putLong(epoch)
            .putInt(offset)
            .putLong(last);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /** The cursor, or null for what is none of that kind of list. */
  static @Nullable Cursor parse(String text, ListKind kind) {
    if (text.length() > 2 * LENGTH) {
      return null;
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (bytes.remaining() != LENGTH
          || bytes.get() != VERSION
          || bytes.getInt() != kind.listKey().hashCode()) {
        return null;
      }
      Cursor cursor = new Cursor(kind, bytes.getLong(), bytes.getInt(), bytes.getLong());
      return cursor.offset > 0 ? cursor : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
