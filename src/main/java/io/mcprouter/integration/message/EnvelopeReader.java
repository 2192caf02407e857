package io.mcprouter.integration.message;

import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.MalformedMessage;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an envelope as {@code messages.schema.json} describes it. A field that is not known is
 * refused: a deadline that is misspelt is no deadline.
 */
final class EnvelopeReader {
  static final String INVALID = "invalid-message";

  private static final int MOST_ID = 200;
  private static final int MOST_NAME = 256;
  private static final int MOST_TEXT = 1_024;
  private static final int MOST_USER = 512;
  private static final int MOST_FIELDS = 50;
  private static final int MOST_TOKEN = 16_384;
  private static final int MOST_CONTEXT = 4_096;
  private static final Duration LONGEST = Duration.ofDays(3_650);
  private static final Set<String> KNOWN =
      Set.of(
          "id",
          "server",
          "tool",
          "arguments",
          "user",
          "token",
          "deadline",
          "replyTo",
          "trace",
          "key",
          "source",
          "context");
  private static final Set<String> KNOWN_OF_USER = Set.of("id", "tenant", "roles", "fields");
  private static final JsonSpan NO_ARGUMENTS = parsed("{}");

  private final Map<String, JsonSpan> fields;
  private final Instant now;

  private EnvelopeReader(Map<String, JsonSpan> fields, Instant now) {
    this.fields = fields;
    this.now = now;
  }

  private static JsonSpan parsed(String json) {
    try {
      return JsonSpan.parse(json.getBytes(StandardCharsets.UTF_8), 2);
    } catch (MalformedMessage e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  /** Well-formed JSON, which a message must be before anything else. */
  static JsonSpan json(byte[] body, int maxDepth) throws RefusedMessage {
    try {
      return JsonSpan.parse(body, maxDepth);
    } catch (MalformedMessage e) {
      throw new RefusedMessage("not-json", "The message is no JSON: " + e.getMessage());
    }
  }

  /**
   * The id alone, for the answer to a message that is wrong elsewhere; null where there is none.
   */
  static @Nullable String id(JsonSpan message) {
    String id = message.string("id");
    return id != null && isGood(id, MOST_ID) ? id : null;
  }

  static Envelope read(JsonSpan message, Instant now) throws RefusedMessage {
    if (!message.isObject()) {
      throw invalid("it is no JSON object");
    }
    return new EnvelopeReader(members(message, KNOWN, ""), now).envelope();
  }

  private static Map<String, JsonSpan> members(JsonSpan object, Set<String> known, String where)
      throws RefusedMessage {
    Map<String, JsonSpan> members = new HashMap<>();
    Set<String> wrong = new HashSet<>();
    object.forEachMember(
        (name, value) -> {
          if (!known.contains(name) || members.put(name, value) != null) {
            wrong.add(name);
          }
        });
    if (!wrong.isEmpty()) {
      throw invalid(where + named(wrong.iterator().next(), known));
    }
    members.values().removeIf(JsonSpan::isNull);
    return members;
  }

  private static String named(String field, Set<String> known) {
    return known.contains(field)
        ? "the field '" + field + "' stands twice"
        : "there is no field '"
            + (isGood(field, MOST_NAME) ? field : "?")
            + "'; put what is yours into 'context'";
  }

  private Envelope envelope() throws RefusedMessage {
    JsonSpan arguments = fields.getOrDefault("arguments", NO_ARGUMENTS);
    if (!arguments.isObject()) {
      throw invalid("'arguments' is no object");
    }
    JsonSpan context = fields.get("context");
    if (context != null && context.length() > MOST_CONTEXT) {
      throw invalid("'context' is longer than " + MOST_CONTEXT + " bytes");
    }
    return new Envelope(
        required("id", MOST_ID),
        text("server", MOST_NAME),
        required("tool", MOST_NAME),
        arguments,
        user(),
        text("token", MOST_TOKEN),
        deadline(),
        text("replyTo", MOST_TEXT),
        text("trace", MOST_NAME),
        text("key", MOST_TEXT),
        text("source", MOST_NAME),
        context);
  }

  private String required(String name, int most) throws RefusedMessage {
    String value = text(name, most);
    if (value == null) {
      throw invalid("'" + name + "' is missing");
    }
    return value;
  }

  private @Nullable String text(String name, int most) throws RefusedMessage {
    JsonSpan value = fields.get(name);
    return value == null ? null : text(name, value, most);
  }

  private static String text(String name, JsonSpan value, int most) throws RefusedMessage {
    if (!value.isString() || !isGood(value.text(), most)) {
      throw invalid(
          "'" + name + "' is no text of 1 to " + most + " characters without control characters");
    }
    return value.text();
  }

  private static boolean isGood(String text, int most) {
    return !text.isBlank()
        && text.length() <= most
        && text.codePoints().noneMatch(c -> Character.isISOControl(c) || isHalfAPair(c));
  }

  private static boolean isHalfAPair(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /** An instant, as ISO 8601 writes it or in milliseconds since 1970. */
  private @Nullable Instant deadline() throws RefusedMessage {
    JsonSpan value = fields.get("deadline");
    if (value == null) {
      return null;
    }
    try {
      Instant deadline =
          value.isString()
              ? Instant.parse(value.text())
              : Instant.ofEpochMilli(Long.parseLong(value.json()));
      if (deadline.isAfter(now.plus(LONGEST))) {
        throw invalid("'deadline' is more than ten years away; leave it out for none");
      }
      return deadline;
    } catch (DateTimeException | NumberFormatException e) {
      throw invalid("'deadline' is neither 2030-12-31T23:59:59Z nor milliseconds since 1970");
    }
  }

  private @Nullable NamedUser user() throws RefusedMessage {
    JsonSpan value = fields.get("user");
    if (value == null) {
      return null;
    }
    if (value.isString()) {
      return NamedUser.of(text("user", value, MOST_USER));
    }
    if (!value.isObject()) {
      throw invalid("'user' is neither an id nor an object");
    }
    EnvelopeReader user = new EnvelopeReader(members(value, KNOWN_OF_USER, "of 'user', "), now);
    String tenant = user.text("tenant", MOST_NAME);
    return new NamedUser(
        tenant == null ? "" : tenant,
        user.required("id", MOST_USER),
        user.userFields(),
        user.roles());
  }

  private Map<String, String> userFields() throws RefusedMessage {
    Map<String, JsonSpan> members = new HashMap<>();
    JsonSpan object = fields.get("fields");
    if (object != null) {
      object.forEachMember(members::put);
    }
    if ((object != null && !object.isObject()) || members.size() > MOST_FIELDS) {
      throw invalid("'fields' of 'user' is no object of at most " + MOST_FIELDS + " texts");
    }
    Map<String, String> texts = new HashMap<>();
    for (Map.Entry<String, JsonSpan> member : members.entrySet()) {
      texts.put(member.getKey(), text("fields", member.getValue(), MOST_TEXT));
    }
    return texts;
  }

  private Set<String> roles() throws RefusedMessage {
    JsonSpan list = fields.get("roles");
    if (list == null) {
      return Set.of();
    }
    if (!list.isArray() || list.elements().size() > MOST_FIELDS) {
      throw invalid("'roles' of 'user' is no list of at most " + MOST_FIELDS + " texts");
    }
    Set<String> roles = new HashSet<>();
    for (JsonSpan role : list.elements()) {
      roles.add(text("roles", role, MOST_NAME));
    }
    return roles;
  }

  private static RefusedMessage invalid(String what) {
    return new RefusedMessage(INVALID, "The message is wrong: " + what + ".");
  }
}
