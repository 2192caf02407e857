package io.mcprouter.protocol;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Who makes a call. Everything that is kept per user is kept under {@link #id()}.
 *
 * @param id the user's id, never empty; the empty caller {@link #APPLICATION} stands for the router
 *     itself
 * @param fields the user's documented fields by their LibreChat name ({@code email}, {@code
 *     emailVerified}, …), without the id
 */
public record Caller(String id, Map<String, String> fields) {
  /** The router itself: start-up, status and shared listings. It has no user fields. */
  public static final Caller APPLICATION = new Caller("", Map.of());

  public Caller {
    Objects.requireNonNull(id, "id");
    fields = Map.copyOf(fields);
  }

  public boolean isApplication() {
    return id.isEmpty();
  }

  /** The value of a documented field, the empty string where the user has none. */
  public String field(String name) {
    return name.toLowerCase(Locale.ROOT).equals("id") ? id : fields.getOrDefault(name, "");
  }

  /** Names nobody: a caller's fields are personal data. */
  @Override
  public String toString() {
    return isApplication() ? "Caller[application]" : "Caller[user]";
  }
}
