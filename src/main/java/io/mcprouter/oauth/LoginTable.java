package io.mcprouter.oauth;

import io.mcprouter.credential.Sealing;
import io.mcprouter.credential.Store;
import io.mcprouter.credential.Times;
import io.mcprouter.protocol.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The login that each user is to make at each server. Its link is kept sealed, so that it can be
 * shown again until it is used, and found by its hash.
 */
final class LoginTable {
  static final Duration LIFETIME = Duration.ofMinutes(10);

  /** A link that is about to run out is not given to anybody. */
  private static final Duration LEAST_LEFT = Duration.ofMinutes(2);

  private static final String TABLE = "oauth_logins";
  private static final String LINK = "link";
  private static final String TARGET = "target";
  private static final String WHERE =
      " WHERE tenant = :tenant AND user_id = :user AND server = :server";

  private final Store store;
  private final Sealed sealed;
  private final Clock clock;

  LoginTable(Store store, Sealed sealed, Clock clock) {
    this.store = store;
    this.sealed = sealed;
    this.clock = clock;
  }

  /** How far a login has come. */
  enum State {
    NEW,
    OPEN,
    BEGUN,
    FAILED
  }

  /**
   * What a login is for.
   *
   * @param hint {@code resource_metadata} of the server's challenge
   * @param scopes those of the challenge, or all that a step-up needs
   * @param stepUps how many step-ups in a row this one makes
   */
  record Wish(@Nullable String hint, List<String> scopes, int stepUps) {
    Wish {
      scopes = List.copyOf(scopes);
    }

    /** What two calls want; the later one knows better where the metadata stands. */
    Wish and(Wish later) {
      return new Wish(
          later.hint == null ? hint : later.hint,
          Scopes.union(scopes, later.scopes),
          Math.max(stepUps, later.stepUps));
    }
  }

  /**
   * A login.
   *
   * @param target the server as the call resolved it that asked, while the login is open
   * @param link the link's id while it is open
   * @param error why it failed, for the user
   */
  record Login(
      GrantKey key,
      State state,
      Wish wish,
      @Nullable OAuthTarget target,
      @Nullable Secret link,
      @Nullable String error,
      Instant expires) {
    boolean isOpen(Instant now) {
      return state == State.OPEN && link != null && target != null && now.isBefore(expires);
    }

    boolean isBegun(Instant now) {
      return state == State.BEGUN && now.isBefore(expires);
    }

    /** The server as the call resolved it that asked for a login that is open. */
    OAuthTarget resolved() {
      return Objects.requireNonNull(target, "the login is not open");
    }
  }

  /** A user's open login with enough time left to be shown; null where there is none. */
  @Nullable Login current(GrantKey key) {
    Login login = read(key);
    return login != null && isCurrent(login) ? login : null;
  }

  private boolean isCurrent(Login login) {
    return login.isOpen(clock.instant().plus(LEAST_LEFT));
  }

  /**
   * The id of the link of a user's open login, which is made where there is none. A login that has
   * not ended wants what all wanted that asked for it.
   */
  Secret open(GrantKey key, OAuthTarget target, Wish wish) {
    return store.inTransaction(
        () -> {
          insert(key, wish);
          Login login = Objects.requireNonNull(read(key, " FOR UPDATE"));
          boolean isSame = target.equals(login.target());
          if (isSame && login.link() != null && isCurrent(login)) {
            return widened(login, login.link(), wish);
          }
          boolean goesOn =
              login.isBegun(clock.instant()) || (isSame && login.isOpen(clock.instant()));
          return renew(key, target, goesOn ? login.wish().and(wish) : wish);
        });
  }

  private Secret widened(Login login, Secret link, Wish wish) {
    Wish both = login.wish().and(wish);
    if (!both.equals(login.wish())) {
      wanting(
              "UPDATE oauth_logins SET resource_metadata = :hint, scopes = :scopes,"
                  + " step_ups = :stepUps"
                  + WHERE,
              login.key(),
              both)
          .update();
    }
    return link;
  }

  private StatementSpec wanting(String sql, GrantKey key, Wish wish) {
    return keyed(sql, key)
        .param("hint", wish.hint())
        .param("scopes", Scopes.text(wish.scopes()))
        .param("stepUps", wish.stepUps());
  }

  private void insert(GrantKey key, Wish wish) {
    Instant now = clock.instant();
    wanting(
            """
            INSERT INTO oauth_logins
              (tenant, user_id, server, state, resource_metadata, scopes, step_ups, expires_at)
            VALUES (:tenant, :user, :server, :state, :hint, :scopes, :stepUps, :expires)
            ON CONFLICT DO NOTHING""",
            key,
            wish)
        .param("state", State.NEW.name())
        .param("expires", Times.column(now))
        .update();
  }

  private Secret renew(GrantKey key, OAuthTarget target, Wish wish) {
    Secret link = new Secret(Hashes.secret());
    byte[] hidden = sealed.seal(link, key.field(TABLE, LINK));
    wanting(
            "UPDATE oauth_logins SET state = :state, link_sha256 = :hash, link = :link,"
                + " key_id = :key, resource_metadata = :hint, scopes = :scopes,"
                + " step_ups = :stepUps, target = :target, error = NULL, expires_at = :expires"
                + WHERE,
            key,
            wish)
        .param("state", State.OPEN.name())
        .param("hash", Hashes.sha256(link.value()))
        .param(LINK, hidden)
        .param("key", Sealing.keyId(hidden))
        .param(TARGET, sealed.seal(TargetText.of(target), key.field(TABLE, TARGET)))
        .param("expires", Times.column(clock.instant().plus(LIFETIME)))
        .update();
    return link;
  }

  @Nullable Login read(GrantKey key) {
    return read(key, "");
  }

  private @Nullable Login read(GrantKey key, String how) {
    return keyed("SELECT * FROM " + TABLE + WHERE + how, key)
        .query((row, at) -> login(row))
        .optional()
        .orElse(null);
  }

  /** A user's logins that wait for them. */
  List<Login> open(Caller caller) {
    return store
        .jdbc()
        .sql("SELECT * FROM oauth_logins WHERE tenant = :tenant AND user_id = :user")
        .param("tenant", caller.tenant())
        .param("user", caller.id())
        .query((row, at) -> login(row))
        .list()
        .stream()
        .filter(login -> login.isOpen(clock.instant()))
        .toList();
  }

  /** The open login that a link belongs to, null where it is not this user's. */
  @Nullable Login find(String link, Caller caller) {
    return find(link, caller, "");
  }

  private @Nullable Login find(String link, Caller caller, String how) {
    return found(link, how).filter(login -> login.key().isOf(caller)).orElse(null);
  }

  /** Whose open login a link belongs to. */
  Optional<GrantKey> owner(String link) {
    return found(link, "").map(Login::key);
  }

  private Optional<Login> found(String link, String how) {
    return store
        .jdbc()
        .sql("SELECT * FROM oauth_logins WHERE link_sha256 = :hash" + how)
        .param("hash", Hashes.sha256(link))
        .query((row, at) -> login(row))
        .optional()
        .filter(login -> login.isOpen(clock.instant()));
  }

  /** Uses a link: whoever comes second finds none. */
  @Nullable Login begin(String link, Caller caller) {
    return store
        .inTransaction(
            () -> {
              Optional<Login> login = Optional.ofNullable(find(link, caller, " FOR UPDATE"));
              login.ifPresent(open -> end(open.key(), State.BEGUN, null, State.OPEN));
              return login;
            })
        .orElse(null);
  }

  /** Takes back what was opened for an entry as it is no longer written. */
  int deleteOpen(String server) {
    return store
        .jdbc()
        .sql("DELETE FROM oauth_logins WHERE server = :server AND state IN ('OPEN', 'BEGUN')")
        .param("server", server)
        .update();
  }

  /** A login that was begun has failed; one that was opened meanwhile stays. */
  void fail(GrantKey key, String error) {
    end(key, State.FAILED, error, State.BEGUN);
  }

  private void end(GrantKey key, State next, @Nullable String error, State before) {
    keyed(
            "UPDATE oauth_logins SET state = :state, error = :error, link_sha256 = NULL,"
                + " link = NULL, target = NULL, key_id = NULL"
                + WHERE
                + " AND state = :before",
            key)
        .param("state", next.name())
        .param("error", error)
        .param("before", before.name())
        .update();
  }

  void delete(GrantKey key) {
    keyed("DELETE FROM oauth_logins" + WHERE, key).update();
  }

  /** A login has given a right; one that was opened meanwhile stays where it wants more. */
  void done(GrantKey key, int stepUps) {
    keyed("DELETE FROM oauth_logins" + WHERE + " AND (state <> :open OR step_ups <= :stepUps)", key)
        .param("open", State.OPEN.name())
        .param("stepUps", stepUps)
        .update();
  }

  private StatementSpec keyed(String sql, GrantKey key) {
    return store
        .jdbc()
        .sql(sql)
        .param("tenant", key.tenant())
        .param("user", key.user())
        .param("server", key.server());
  }

  private Login login(ResultSet row) throws SQLException {
    GrantKey key =
        new GrantKey(row.getString("tenant"), row.getString("user_id"), row.getString("server"));
    return new Login(
        key,
        State.valueOf(row.getString("state")),
        new Wish(
            row.getString("resource_metadata"),
            Scopes.of(row.getString("scopes")),
            row.getInt("step_ups")),
        target(row, key),
        sealed.openOrNull(row.getBytes(LINK), key.field(TABLE, LINK)),
        row.getString("error"),
        Columns.time(row, "expires_at"));
  }

  private @Nullable OAuthTarget target(ResultSet row, GrantKey key) throws SQLException {
    Secret text = sealed.openOrNull(row.getBytes(TARGET), key.field(TABLE, TARGET));
    return text == null ? null : TargetText.read(text).orElse(null);
  }
}
