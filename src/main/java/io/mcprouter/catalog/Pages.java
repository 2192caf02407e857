package io.mcprouter.catalog;

import io.mcprouter.catalog.MergedList.Entry;
import io.mcprouter.protocol.JsonText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** A merged list as the results of list requests (MCP, pagination). */
final class Pages {
  /** The member of a result's {@code _meta} that names servers whose list may be outdated. */
  static final String STALE = "io.mcprouter/stale";

  /** The member of a result's {@code _meta} that names servers whose list is not there. */
  static final String MISSING = "io.mcprouter/missing";

  private static final int MOST_KEPT = 4;

  private final ListKind kind;
  private final List<Entry> entries;
  private final CatalogSettings settings;
  private final byte[] tail;
  private final long epoch;
  private final List<Integer> starts = new ArrayList<>();
  private final AtomicReferenceArray<Page.@Nullable Result> kept;

  /**
   * @param entries all items, not to change any more
   * @param keep whether written pages are kept, as many clients get the same
   */
  Pages(
      ListKind kind,
      List<Entry> entries,
      List<String> stale,
      List<String> missing,
      CatalogSettings settings,
      boolean keep) {
    this.kind = kind;
    this.entries = entries;
    this.settings = settings;
    this.tail = tail(stale, missing);
    this.epoch = epoch(entries);
    for (int at = 0; at < entries.size() || at == 0; at = end(at)) {
      starts.add(at);
      if (entries.isEmpty()) {
        break;
      }
    }
    this.kept = new AtomicReferenceArray<>(keep && starts.size() <= MOST_KEPT ? starts.size() : 0);
  }

  /** The page that a cursor points at; without one, the first. */
  Page at(@Nullable String cursor) {
    int from = cursor == null ? 0 : position(cursor);
    if (from < 0) {
      return new Page.InvalidCursor();
    }
    int page = starts.indexOf(from);
    if (page < 0 || page >= kept.length()) {
      return write(from);
    }
    Page.Result known = kept.get(page);
    if (known == null) {
      known = write(from);
      if (iconsAreFinal()) {
        kept.set(page, known);
      }
    }
    return known;
  }

  private boolean iconsAreFinal() {
    return entries.stream().allMatch(entry -> entry.server().icon().ready().isDone());
  }

  /** In an unchanged list where the cursor says; else behind the item that was last shown. */
  private int position(String text) {
    Cursor cursor = Cursor.parse(text, kind);
    if (cursor == null) {
      return -1;
    }
    if (cursor.epoch() == epoch) {
      return cursor.offset() <= entries.size() ? cursor.offset() : -1;
    }
    for (int i = 0; i < entries.size(); i++) {
      if (mark(entries.get(i)) == cursor.last()) {
        return i + 1;
      }
    }
    return Math.min(cursor.offset(), entries.size());
  }

  private int end(int from) {
    int size = 0;
    int at = from;
    while (at < entries.size() && at - from < settings.pageItems()) {
      size += size(entries.get(at));
      if (size > settings.pageBytes() && at > from) {
        break;
      }
      at++;
    }
    return at;
  }

  private int size(Entry entry) {
    byte[] icons = icons(entry);
    int added = icons == null ? 0 : icons.length;
    return entry.item().json().length + entry.name().length() + added;
  }

  private byte @Nullable [] icons(Entry entry) {
    return kind == ListKind.TOOLS ? entry.server().icon().json() : null;
  }

  private Page.Result write(int from) {
    int to = end(from);
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    out.writeBytes(ascii("{\"" + kind.listKey() + "\":["));
    for (int i = from; i < to; i++) {
      if (i > from) {
        out.write(',');
      }
      Entry entry = entries.get(i);
      entry.item().writeTo(out, entry.name(), icons(entry));
    }
    out.write(']');
    if (to < entries.size()) {
      Cursor next = new Cursor(kind, epoch, to, mark(entries.get(to - 1)));
      out.writeBytes(ascii(",\"nextCursor\":\"" + next.text() + "\""));
    }
    out.writeBytes(tail);
    return new Page.Result(out.toByteArray());
  }

  private static byte[] tail(List<String> stale, List<String> missing) {
    if (stale.isEmpty() && missing.isEmpty()) {
      return ascii("}");
    }
    byte[] meta =
        JsonText.write(
            json -> {
              json.writeStartObject();
              for (String key : List.of(STALE, MISSING)) {
                List<String> servers = key.equals(STALE) ? stale : missing;
                if (!servers.isEmpty()) {
                  json.writeFieldName(key);
                  json.writeArray(servers.toArray(String[]::new), 0, servers.size());
                }
              }
              json.writeEndObject();
            });
    return (",\"_meta\":" + new String(meta, StandardCharsets.UTF_8) + "}")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The same for equal lists, whoever made them. */
  private static long epoch(List<Entry> entries) {
    long epoch = 1;
    for (Entry entry : entries) {
      epoch = 31 * epoch + mark(entry);
    }
    return epoch;
  }

  private static long mark(Entry entry) {
    return (long) entry.server().name().hashCode() << 32 | (entry.name().hashCode() & 0xffffffffL);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
