package io.mcprouter.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mcprouter.console.CallerFilter.CallerAuthentication;
import io.mcprouter.credential.ApiKeys;
import io.mcprouter.credential.IssuedKey;
import io.mcprouter.credential.NewKey;
import io.mcprouter.credential.Owner;
import io.mcprouter.identity.Proof;
import io.mcprouter.protocol.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A user's own API keys. A key can do no more than whoever makes it. */
@RestController
@RequestMapping("/api/keys")
public final class KeysApi {
  private static final Duration LONGEST = Duration.ofDays(366);

  private static final int LONGEST_LABEL = 255;

  private final ApiKeys keys;
  private final Clock clock;
  private final boolean taken;

  /**
   * @param taken whether the router takes API keys
   */
  public KeysApi(ApiKeys keys, Clock clock, boolean taken) {
    this.taken = taken;
    this.keys = keys;
    this.clock = clock;
  }

  @GetMapping
  List<Key> all(@AuthenticationPrincipal Caller caller) {
    return keys.list(Owner.of(caller)).stream().map(Key::of).toList();
  }

  /** Makes a key; its text is shown in this answer and never again. */
  @Audited("keys.create")
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  Created create(CallerAuthentication user, @RequestBody Wanted wanted) {
    if (!taken) {
      throw problem(
          HttpStatus.CONFLICT,
          "keys-not-taken",
          "The router takes no API keys: mcp-router.authentication.api-keys is false.");
    }
    Caller caller = user.getPrincipal();
    NewKey key =
        new NewKey(
            Owner.of(caller),
            caller.fields(),
            label(wanted),
            caller.roles(),
            scopes(caller, wanted),
            end(user.proof(), lifetime(wanted)));
    ApiKeys.Created created = keys.create(key);
    ActionAudit.details("key " + created.key().id());
    return new Created(created.text(), Key.of(created.key()));
  }

  private static String label(Wanted wanted) {
    String label = wanted.label;
    if (label == null || label.isBlank()) {
      throw refused("label is missing: say what the key is for.");
    }
    if (label.length() > LONGEST_LABEL || label.chars().anyMatch(Character::isISOControl)) {
      throw refused("label is longer than 255 characters, or holds a control character.");
    }
    return label;
  }

  private static Duration lifetime(Wanted wanted) {
    Duration lifetime = wanted.days == null ? LONGEST : Duration.ofDays(wanted.days);
    if (lifetime.isNegative() || lifetime.isZero() || lifetime.compareTo(LONGEST) > 0) {
      throw refused("days must be from 1 to " + LONGEST.toDays() + ".");
    }
    return lifetime;
  }

  private static Set<String> scopes(Caller caller, Wanted wanted) {
    if (wanted.scopes == null) {
      return caller.scopes();
    }
    if (wanted.scopes.contains(null)) {
      throw refused("scopes must be texts.");
    }
    Set<String> scopes = Set.copyOf(wanted.scopes);
    if (isLimited(caller) && !caller.scopes().containsAll(scopes)) {
      throw refused("A key cannot have scopes that you do not have yourself.");
    }
    return scopes;
  }

  /** A key that was made by a key does not outlive it. */
  private Instant end(Proof proof, Duration lifetime) {
    Instant wanted = clock.instant().plus(lifetime);
    boolean outlives = !proof.credential().isEmpty() && proof.expires().isBefore(wanted);
    return outlives ? proof.expires() : wanted;
  }

  private static boolean isLimited(Caller caller) {
    return caller.source() == Caller.Source.JWT || caller.source() == Caller.Source.API_KEY;
  }

  private static ErrorResponseException refused(String why) {
    return problem(HttpStatus.BAD_REQUEST, "key-refused", why);
  }

  private static ErrorResponseException problem(HttpStatus status, String code, String why) {
    return new ErrorResponseException(status, Problems.of(status, code, why), null);
  }

  @Audited("keys.revoke")
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
    if (!keys.revoke(Owner.of(caller), id)) {
      throw problem(HttpStatus.NOT_FOUND, "no-such-key", "You have no key of this id.");
    }
    ActionAudit.details("key " + id); // only now it is known to be an id, and no whole key
  }

  /**
   * What a key is to be.
   *
   * @param days how long it lives; 366 where not said
   * @param scopes its scopes; those of the caller where not said
   */
  record Wanted(@Nullable String label, @Nullable Integer days, @Nullable List<String> scopes) {}

  /** A key that was just made. */
  record Created(String key, Key details) {
    @Override
    public String toString() {
      return "Created[" + details.id + "]";
    }
  }

  /** A key as its user sees it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Key(
      String id,
      String label,
      Set<String> roles,
      Set<String> scopes,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant revokedAt,
      @Nullable Instant lastUsedAt) {
    static Key of(IssuedKey key) {
      return new Key(
          key.id(),
          key.label(),
          key.roles(),
          key.scopes(),
          key.createdAt(),
          key.expiresAt(),
          key.revokedAt(),
          key.lastUsedAt());
    }
  }
}
