package io.mcprouter.credential;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key to be made.
 *
 * @param owner for whom it speaks
 * @param fields the owner's documented user fields
 * @param label what its maker calls it
 * @param roles what its bearer is, for access rules
 * @param scopes what its bearer may do where access rules ask for scopes
 * @param expiresAt when it ends; null for never
 */
public record NewKey(
    Owner owner,
    Map<String, String> fields,
    String label,
    Set<String> roles,
    Set<String> scopes,
    @Nullable Instant expiresAt) {
  private static final int LONGEST_LABEL = 255;

  public NewKey {
    if (label.length() > LONGEST_LABEL) {
      throw new IllegalArgumentException(
          "A label is at most " + LONGEST_LABEL + " characters long");
    }
    fields = Map.copyOf(fields);
    roles = Set.copyOf(roles);
    scopes = Set.copyOf(scopes);
  }

  /** Names nobody. */
  @Override
  public String toString() {
    return "NewKey[" + label + "]";
  }
}
