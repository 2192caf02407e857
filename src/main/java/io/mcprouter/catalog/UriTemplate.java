package io.mcprouter.catalog;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A URI template (RFC 6570, levels 1 to 3) as a pattern for the URIs that it can become. Matching
 * keeps the set of places that the parts so far can end at, so it takes time in proportion to parts
 * times length, whatever a server writes and a client asks for.
 */
final class UriTemplate {
  static final int MAX_TEMPLATE = 2_048;
  static final int MAX_URI = 8_192;
  private static final int MAX_PARTS = 128;

  private final List<Part> parts;
  private final boolean usable;

  private UriTemplate(List<Part> parts, boolean usable) {
    this.parts = parts;
    this.usable = usable;
  }

  /** A template with an open or empty brace, or beyond the bounds, matches nothing. */
  static UriTemplate of(String template) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (at < template.length()) {
      int open = template.indexOf('{', at);
      int close = open < 0 ? -1 : template.indexOf('}', open);
      if (open >= 0 && close <= open + 1) {
        return new UriTemplate(List.of(), false);
      }
      int end = open < 0 ? template.length() : open;
      if (end > at) {
        parts.add(new Literal(template.substring(at, end)));
      }
      if (open >= 0) {
        parts.add(expression(template.substring(open + 1, close)));
      }
      at = open < 0 ? end : close + 1;
    }
    boolean usable = template.length() <= MAX_TEMPLATE && parts.size() <= MAX_PARTS;
    return new UriTemplate(List.copyOf(parts), usable);
  }

  /** A variable that is not set leaves nothing of {@code {/a}}, {@code {?a}} and their like. */
  private static Part expression(String text) {
    boolean explode = text.endsWith("*");
    return switch (text.charAt(0)) {
      case '+' -> new Run("", false);
      case '#' -> new Optional('#', new Run("", true));
      case '.' -> new Optional('.', new Run("/", true));
      case '/' -> new Optional('/', new Run(explode || text.contains(",") ? "" : "/", true));
      case ';' -> new Optional(';', new Run("/?#", true));
      case '?' -> new Optional('?', new Run("#", true));
      case '&' -> new Optional('&', new Run("#", true));
      default -> new Run("/", false);
    };
  }

  boolean matches(String uri) {
    if (!usable || uri.length() > MAX_URI) {
      return false;
    }
    BitSet ends = new BitSet(uri.length() + 1);
    ends.set(0);
    for (Part part : parts) {
      ends = part.ends(uri, ends);
      if (ends.isEmpty()) {
        return false;
      }
    }
    return ends.get(uri.length());
  }

  private sealed interface Part {
    /** Where this part can end, when it begins at one of {@code starts}. */
    BitSet ends(String uri, BitSet starts);
  }

  private record Literal(String text) implements Part {
    @Override
    public BitSet ends(String uri, BitSet starts) {
      BitSet ends = new BitSet(uri.length() + 1);
      for (int at = starts.nextSetBit(0); at >= 0; at = starts.nextSetBit(at + 1)) {
        if (uri.startsWith(text, at)) {
          ends.set(at + text.length());
        }
      }
      return ends;
    }
  }

  /**
   * Any characters but some.
   *
   * @param empty whether there may be none at all
   */
  private record Run(String without, boolean empty) implements Part {
    @Override
    public BitSet ends(String uri, BitSet starts) {
      BitSet ends = new BitSet(uri.length() + 1);
      boolean inside = false;
      for (int at = 0; at < uri.length(); at++) {
        inside = (inside || starts.get(at)) && without.indexOf(uri.charAt(at)) < 0;
        ends.set(at + 1, inside);
      }
      if (empty) {
        ends.or(starts);
      }
      return ends;
    }
  }

  /** A sign and what follows it, or nothing. */
  private record Optional(char sign, Run run) implements Part {
    @Override
    public BitSet ends(String uri, BitSet starts) {
      BitSet ends = run.ends(uri, new Literal(String.valueOf(sign)).ends(uri, starts));
      ends.or(starts);
      return ends;
    }
  }
}
