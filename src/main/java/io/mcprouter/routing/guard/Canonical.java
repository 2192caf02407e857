package io.mcprouter.routing.guard;

import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.JsonText;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One digest for JSON values that say the same: whatever the order of members, the blanks and the
 * escapes. Numbers count as they are written.
 */
final class Canonical {
  private Canonical() {}

  static String digest(@Nullable JsonSpan value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (value != null) {
      write(value, out);
    }
    return HexFormat.of().formatHex(sha256().digest(out.toByteArray()));
  }

  private static void write(JsonSpan value, ByteArrayOutputStream out) {
    if (value.isObject()) {
      Map<String, JsonSpan> members = new TreeMap<>(Comparator.naturalOrder());
      value.forEachMember(members::put);
      out.write('{');
      members.forEach(
          (name, member) -> {
            out.writeBytes(JsonText.quoted(name));
            out.write(':');
            write(member, out);
            out.write(',');
          });
      out.write('}');
    } else if (value.isArray()) {
      out.write('[');
      List<JsonSpan> elements = value.elements();
      for (JsonSpan element : elements) {
        write(element, out);
        out.write(',');
      }
      out.write(']');
    } else {
      out.writeBytes(value.isString() ? JsonText.quoted(value.text()) : value.bytes());
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
