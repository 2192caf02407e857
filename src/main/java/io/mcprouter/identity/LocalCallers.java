package io.mcprouter.identity;

import io.mcprouter.config.UserField;
import io.mcprouter.protocol.Caller;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Local mode: the router listens on loopback only, and the caller is the configured local user or
 * the one whom the {@code X-MCP-User-*} headers describe, one header for each documented user
 * field.
 */
public final class LocalCallers implements Callers {
  private static final String PREFIX = "X-MCP-User-";
  private static final int MAX_LENGTH = 1024;

  private final Caller localUser;

  /** Takes requests without the headers for the given user. */
  public LocalCallers(Caller localUser) {
    this.localUser = localUser;
  }

  @Override
  public Caller identify(Function<String, @Nullable String> header) throws Refused {
    String id = header.apply(PREFIX + "Id");
    if (id == null) {
      return localUser;
    }
    if (id.isBlank()) {
      throw new Refused(PREFIX + "Id is empty: name the user, or leave the header out");
    }
    Map<String, String> fields = new HashMap<>();
    for (UserField field : UserField.values()) {
      String value = field == UserField.ID ? null : header.apply(PREFIX + field.text());
      if (value != null) {
        fields.put(field.text(), checked(field.text(), value));
      }
    }
    return new Caller(checked("id", id.strip()), fields);
  }

  private static String checked(String field, String value) throws Refused {
    if (value.length() > MAX_LENGTH) {
      throw new Refused(PREFIX + field + " is longer than " + MAX_LENGTH + " characters");
    }
    return value;
  }
}
