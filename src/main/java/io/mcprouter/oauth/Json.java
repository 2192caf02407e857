package io.mcprouter.oauth;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object of a foreign server; a member of the wrong type is one that is not there. */
record Json(Map<String, Object> members) {
  /** The object, or null where the text is none. */
  static @Nullable Json parsed(String text) {
    try {
      return new Json(JSONObjectUtils.parse(text));
    } catch (ParseException e) {
      return null;
    }
  }

  @Nullable String text(String name) {
    return members.get(name) instanceof String text && !text.isEmpty() ? text : null;
  }

  boolean flag(String name) {
    return Boolean.TRUE.equals(members.get(name));
  }

  /** A number, also where it is written as text. */
  @Nullable Long number(String name) {
    return switch (members.get(name)) {
      case Number number -> number.longValue();
      case String text when text.matches("\\d{1,15}") -> Long.valueOf(text);
      case null, default -> null;
    };
  }

  List<String> texts(String name) {
    return members.get(name) instanceof List<?> all
        ? all.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }

  @Override
  public String toString() {
    return "Json[" + members.size() + " members]";
  }
}
