package io.mcprouter.catalog;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/** A server's whole list of one kind, in its own order. Two are equal when their bytes are. */
final class Listing {
  static final Listing EMPTY = new Listing(List.of());

  private final List<Item> items;
  private final byte[] digest;

  Listing(List<Item> items) {
    this.items = List.copyOf(items);
    this.digest = digest(this.items);
  }

  List<Item> items() {
    return items;
  }

  private static byte[] digest(List<Item> items) {
    MessageDigest sha = sha256();
    ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
    for (Item item : items) {
      sha.update(length.clear().putInt(item.json().length).flip());
      sha.update(item.json());
    }
    return sha.digest();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Listing that && Arrays.equals(digest, that.digest));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(digest);
  }
}
