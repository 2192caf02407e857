package io.mcprouter.routing.placeholder;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** SHA-256 over texts, each with its length before it, so that no two sequences look alike. */
final class Digest {
  private static final int ABSENT = -1;

  private final MessageDigest sha256;

  Digest() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  Digest add(@Nullable String text) {
    if (text == null) {
      number(ABSENT);
    } else {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      number(bytes.length);
      sha256.update(bytes);
    }
    return this;
  }

  Digest add(Map<String, String> map) {
    number(map.size());
    map.forEach((name, value) -> add(name).add(value));
    return this;
  }

  Digest add(List<String> list) {
    number(list.size());
    list.forEach(this::add);
    return this;
  }

  String text() {
    return HexFormat.of().formatHex(sha256.digest());
  }

  private void number(int value) {
    sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(value).flip());
  }
}
