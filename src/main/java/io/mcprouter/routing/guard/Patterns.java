package io.mcprouter.routing.guard;

import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.JsonText;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Regular expressions and what takes the place of what they find in the strings of JSON. A string
 * is looked at with its escapes resolved and written anew only where something was found; all other
 * bytes stay.
 *
 * @param replacement plain text
 */
record Patterns(List<Pattern> patterns, String replacement) {
  /**
   * Reads a parameter.
   *
   * @param value one regular expression, or a JSON array of them
   * @throws IllegalArgumentException when one cannot be used, saying which and why
   */
  static Patterns of(String value, String replacement) {
    List<Pattern> patterns = Texts.of("patterns", value).stream().map(Patterns::pattern).toList();
    return new Patterns(patterns, Matcher.quoteReplacement(replacement));
  }

  private static Pattern pattern(String text) {
    try {
      Pattern pattern = Pattern.compile(text);
      if (pattern.matcher("").matches()) {
        throw new IllegalArgumentException(
            "the parameter 'patterns': '" + text + "' matches no text at all; make it longer");
      }
      return pattern;
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "the parameter 'patterns': '"
              + text
              + "' is no regular expression: "
              + e.getDescription());
    }
  }

  boolean isEmpty() {
    return patterns.isEmpty();
  }

  /** The text with everything replaced. */
  String clean(String text) {
    String clean = text;
    for (Pattern pattern : patterns) {
      Matcher matcher = pattern.matcher(clean);
      if (matcher.find()) {
        clean = matcher.replaceAll(replacement);
      }
    }
    return clean;
  }

  /** The JSON with every string in it cleaned but names of members; null where nothing changes. */
  byte @Nullable [] clean(JsonSpan json) {
    Rewriting rewriting = new Rewriting(json.bytes());
    rewriting.value(json, json);
    return rewriting.result();
  }

  /** Copies what lies between the strings that change. */
  private final class Rewriting {
    private final byte[] source;
    private @Nullable ByteArrayOutputStream out;
    private int copied;

    Rewriting(byte[] source) {
      this.source = source;
    }

    void value(JsonSpan value, JsonSpan whole) {
      if (value.isString()) {
        String text = value.text();
        String clean = clean(text);
        if (!clean.equals(text)) {
          replace(value.offsetIn(whole), value.length(), clean);
        }
      } else if (value.isArray()) {
        value.elements().forEach(element -> value(element, whole));
      } else if (value.isObject()) {
        value.forEachMember((name, member) -> value(member, whole));
      }
    }

    private void replace(int from, int length, String text) {
      ByteArrayOutputStream to = out == null ? new ByteArrayOutputStream(source.length) : out;
      out = to;
      to.write(source, copied, from - copied);
      to.writeBytes(JsonText.quoted(text));
      copied = from + length;
    }

    byte @Nullable [] result() {
      ByteArrayOutputStream written = out;
      if (written == null) {
        return null;
      }
      written.write(source, copied, source.length - copied);
      return written.toByteArray();
    }
  }
}
