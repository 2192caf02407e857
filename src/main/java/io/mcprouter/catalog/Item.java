package io.mcprouter.catalog;

import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.JsonText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a server's list, kept as the server wrote it. When it is shown, its name is replaced
 * and icons may be added; every other byte stays.
 */
final class Item {
  private static final byte[] ICONS = "{\"icons\":".getBytes(StandardCharsets.US_ASCII);

  private final String key;
  private final byte[] json;
  private final int keyFrom;
  private final int keyTo;
  private final boolean icons;

  private Item(String key, byte[] json, int keyFrom, int keyTo, boolean icons) {
    this.key = key;
    this.json = json;
    this.keyFrom = keyFrom;
    this.keyTo = keyTo;
    this.icons = icons;
  }

  /**
   * The item in a server's list, or null where it is unusable: it has no key as a string, or two,
   * of which readers could take different ones.
   */
  static @Nullable Item of(JsonSpan value, ListKind kind) {
    Members members = new Members(kind.itemKey());
    value.forEachMember(members::visit);
    JsonSpan key = members.key;
    if (key == null || members.keys != 1 || !key.isString()) {
      return null;
    }
    int from = key.offsetIn(value);
    return new Item(key.text(), value.bytes(), from, from + key.length(), members.icons);
  }

  /** The server's own name, URI or URI template. */
  String key() {
    return key;
  }

  /** The item as the server wrote it; not to be changed. */
  byte[] json() {
    return json;
  }

  /**
   * Writes the item.
   *
   * @param name the name to show in place of its own
   * @param added the JSON of icons for an item that has none, or null
   */
  void writeTo(ByteArrayOutputStream out, String name, byte @Nullable [] added) {
    int at = 0;
    if (added != null && !icons) {
      out.writeBytes(ICONS);
      out.writeBytes(added);
      out.write(',');
      at = 1;
    }
    if (!name.equals(key)) {
      out.write(json, at, keyFrom - at);
      out.writeBytes(JsonText.quoted(name));
      at = keyTo;
    }
    out.write(json, at, json.length - at);
  }

  private static final class Members {
    private final String wanted;
    private @Nullable JsonSpan key;
    private int keys;
    private boolean icons;

    Members(String wanted) {
      this.wanted = wanted;
    }

    void visit(String name, JsonSpan value) {
      if (name.equals(wanted)) {
        key = value;
        keys++;
      } else if (name.equals("icons")) {
        icons = true;
      }
    }
  }
}
