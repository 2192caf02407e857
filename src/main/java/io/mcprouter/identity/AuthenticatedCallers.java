package io.mcprouter.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Callers who prove themselves with every request. What a credential proved is remembered for a
 * minute, so that a call with a known one costs a look into a map; a key that is revoked is
 * forgotten at once.
 */
public final class AuthenticatedCallers implements Callers {
  private static final Duration REMEMBERED = Duration.ofMinutes(1);
  private static final Duration REFUSAL_REMEMBERED = Duration.ofSeconds(10);
  private static final int MOST_REMEMBERED = 50_000;
  private static final int MOST_REFUSALS = 10_000;

  private final @Nullable TrustedProxy proxy;
  private final @Nullable CredentialCheck apiKeys;
  private final @Nullable CredentialCheck tokens;
  private final InstantSource clock;
  private final Cache<String, CredentialCheck.Checked> checked;
  private final Cache<String, Refused> refused;

  private final Room roomForKeys = new Room();

  /** Grows with each revocation: what was read before one is not remembered after it. */
  private final AtomicLong revocations = new AtomicLong();

  /**
   * @param proxy the trusted proxy, or null
   * @param apiKeys checks API keys, or null where none are taken
   * @param tokens checks access tokens, or null where none are taken
   */
  public AuthenticatedCallers(
      @Nullable TrustedProxy proxy,
      @Nullable CredentialCheck apiKeys,
      @Nullable CredentialCheck tokens,
      InstantSource clock,
      Ticker ticker) {
    this.proxy = proxy;
    this.apiKeys = apiKeys;
    this.tokens = tokens;
    this.clock = clock;
    this.checked =
        Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .ticker(ticker)
            .build();
    this.refused =
        Caffeine.newBuilder()
            .maximumSize(MOST_REFUSALS)
            .expireAfterWrite(REFUSAL_REMEMBERED)
            .ticker(ticker)
            .build();
  }

  @Override
  public @Nullable Proof known(CallerRequest request) throws Refused {
    if (proxy != null && proxy.isClaimedBy(request)) {
      return Proof.of(proxy.caller(request));
    }
    String credential = credential(request).text();
    long before = revocations.get();
    CredentialCheck.Checked known = checked.getIfPresent(credential);
    if (known != null) {
      return proof(known, request, before);
    }
    Refused why = refused.getIfPresent(credential);
    if (why != null) {
      throw why;
    }
    return null;
  }

  private static Credential credential(CallerRequest request) throws Refused {
    Credential credential = Credential.of(request);
    if (credential == null) {
      throw new Refused(
          Reason.NO_CREDENTIAL,
          "Who is calling? Send Authorization: Bearer with an access token or an API key.");
    }
    return credential;
  }

  private Proof proof(CredentialCheck.Checked known, CallerRequest request, long before)
      throws Refused {
    if (!clock.instant().isBefore(known.expires())) {
      throw new Refused(Reason.INVALID, "The credential has expired.");
    }
    if (!known.forRouter() && !known.audiences().contains(request.resource())) {
      throw new Refused(Reason.INVALID, "The token is for another audience than this endpoint.");
    }
    return new Proof(known.caller(), known.id(), known.expires(), before);
  }

  @Override
  public Proof prove(CallerRequest request) throws Refused {
    Proof known = known(request);
    long before = revocations.get();
    return known != null ? known : proof(checked(credential(request)), request, before);
  }

  /**
   * Whether a proof holds still, as far as is known without checking its credential again: false
   * for a key where any key was revoked since.
   */
  public boolean holds(Proof proof) {
    return proof.credential().isEmpty() || proof.revocations() == revocations.get();
  }

  private CredentialCheck.Checked checked(Credential credential) throws Refused {
    CredentialCheck check = credential.isApiKey() ? apiKeys : tokens;
    if (check == null) {
      throw new Refused(
          Reason.INVALID,
          credential.isApiKey()
              ? "API keys are not taken here."
              : "That is no API key of this router, which begins with 'mcr_', and tokens are not"
                  + " taken here.");
    }
    long before = revocations.get();
    try {
      CredentialCheck.Checked found =
          credential.isApiKey()
              ? roomForKeys.in(() -> check.check(credential.text()))
              : check.check(credential.text());
      checked.put(credential.text(), found);
      if (before != revocations.get()) {
        checked.invalidate(credential.text());
      }
      return found;
    } catch (Refused why) {
      if (why.reason() == Reason.INVALID) {
        refused.put(credential.text(), why);
      }
      throw why;
    }
  }

  /**
   * Forgets the keys of a user of whose keys one was revoked.
   *
   * @param user the user's key
   */
  public void keyRevoked(String user) {
    forget(known -> !known.id().isEmpty() && known.caller().key().equals(user));
  }

  /** Forgets everything: keys may have been revoked that nobody told of. */
  public void forgetAll() {
    forget(known -> true);
  }

  private void forget(Predicate<CredentialCheck.Checked> gone) {
    revocations.incrementAndGet();
    checked.asMap().values().removeIf(gone);
  }
}
