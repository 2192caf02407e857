package io.mcprouter.oauth;

import io.mcprouter.credential.Store;
import io.mcprouter.credential.Times;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The servers that asked for a token, and what their last challenge said. */
final class ProtectedServers {
  private final Store store;
  private final Clock clock;
  private final ConcurrentMap<String, ConcurrentMap<String, Asked>> known =
      new ConcurrentHashMap<>();

  /**
   * What a server asked for.
   *
   * @param hint where its metadata stands, if it said so
   */
  record Asked(@Nullable String hint, List<String> scopes) {
    static Asked by(Challenge challenge) {
      return new Asked(challenge.resourceMetadata(), challenge.scopes());
    }
  }

  ProtectedServers(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
    store
        .jdbc()
        .sql("SELECT * FROM oauth_servers")
        .query(
            (row, at) ->
                ofServer(row.getString("server"))
                    .put(
                        row.getString("origin"),
                        new Asked(
                            row.getString("resource_metadata"),
                            Scopes.of(row.getString("scopes")))))
        .list();
  }

  private ConcurrentMap<String, Asked> ofServer(String server) {
    return known.computeIfAbsent(server, any -> new ConcurrentHashMap<>());
  }

  /** Whether a server of this name has ever asked. */
  boolean contains(String server) {
    return known.containsKey(server);
  }

  /** Forgets what a server asked for; it may ask again. */
  void forget(String server) {
    known.remove(server);
  }

  /** What the server at this address asked for last, null where it never did. */
  @Nullable Asked get(OAuthTarget target) {
    ConcurrentMap<String, Asked> origins = known.get(target.server());
    return origins == null ? null : origins.get(Endpoints.origin(target.url()));
  }

  void add(OAuthTarget target, Asked asked) {
    String origin = Endpoints.origin(target.url());
    if (!asked.equals(ofServer(target.server()).put(origin, asked))) {
      store.inTransaction(() -> write(target.server(), origin, asked));
    }
  }

  private int write(String server, String origin, Asked asked) {
    int added =
        statement(
            "INSERT INTO oauth_servers (server, origin, resource_metadata, scopes, seen_at)"
                + " VALUES (:server, :origin, :hint, :scopes, :now) ON CONFLICT DO NOTHING",
            server,
            origin,
            asked);
    return added == 1
        ? added
        : statement(
            "UPDATE oauth_servers SET resource_metadata = :hint, scopes = :scopes,"
                + " seen_at = :now WHERE server = :server AND origin = :origin",
            server,
            origin,
            asked);
  }

  private int statement(String sql, String server, String origin, Asked asked) {
    return store
        .jdbc()
        .sql(sql)
        .param("server", server)
        .param("origin", origin)
        .param("hint", asked.hint())
        .param("scopes", Scopes.text(asked.scopes()))
        .param("now", Times.column(clock.instant()))
        .update();
  }
}
