package io.mcprouter.protocol;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a call. Everything that is kept per user is kept under {@link #key()}.
 *
 * @param tenant whose user it is; the empty string where the router serves one organization
 * @param id the user's id within the tenant, never empty but for {@link #APPLICATION}
 * @param fields the user's documented fields by their LibreChat name ({@code email}, {@code
 *     emailVerified}, …), without the id
 * @param roles what the user is, for access rules
 * @param scopes what the credential allows; empty where it names none
 * @param source how the caller was proved
 * @param token the access token that the request brought; never sent to a server by itself
 */
public record Caller(
    String tenant,
    String id,
    Map<String, String> fields,
    Set<String> roles,
    Set<String> scopes,
    Source source,
    @Nullable PresentedToken token) {
  /** The router itself: start-up, status and shared listings. It has no user fields. */
  public static final Caller APPLICATION =
      new Caller("", "", Map.of(), Set.of(), Set.of(), Source.APPLICATION, null);

  /** Between tenant and id in a key; neither may hold it. */
  private static final char SEPARATOR = '\u0000';

  /** How a caller was proved. */
  public enum Source {
    APPLICATION,
    LOCAL,
    PROXY,
    API_KEY,
    JWT,
    /** By the author of a route, who named the user. */
    ROUTE
  }

  public Caller {
    Objects.requireNonNull(id, "id");
    if (tenant.indexOf(SEPARATOR) >= 0 || id.indexOf(SEPARATOR) >= 0) {
      throw new IllegalArgumentException("a tenant or a user's id holds a NUL character");
    }
    fields = Map.copyOf(fields);
    roles = Set.copyOf(roles);
    scopes = Set.copyOf(scopes);
  }

  /** A user of this machine, who has to prove nothing. */
  public Caller(String id, Map<String, String> fields) {
    this("", id, fields, Set.of(), Set.of(), Source.LOCAL, null);
  }

  public boolean isApplication() {
    return id.isEmpty();
  }

  /** Tells users of all tenants apart; the empty string for the router itself. */
  public String key() {
    return tenant.isEmpty() ? id : tenant + SEPARATOR + id;
  }

  /** Of this caller and one who came later, the one to go on with. */
  public Caller orNewer(Caller later) {
    return isOlderThan(later) ? later : this;
  }

  /** Whether one who came later is the same user with another token, which ends no sooner. */
  public boolean isOlderThan(Caller later) {
    PresentedToken theirs = later.token;
    return theirs != null
        && (token == null || token.isOlderThan(theirs))
        && later.key().equals(key());
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
