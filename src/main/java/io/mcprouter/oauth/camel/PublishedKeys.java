package io.mcprouter.oauth.camel;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import io.mcprouter.oauth.GuardedSender;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The keys with which an identity provider signs, as it publishes them now. */
final class PublishedKeys implements JWKSetSource<SecurityContext> {
  /** How long others wait for the one who reads the keys. */
  private static final long WAIT = Duration.ofSeconds(15).toMillis();

  /** After a failure, and for a key that nobody knows, the provider is left alone for so long. */
  private static final long PAUSE = Duration.ofSeconds(30).toMillis();

  private final GuardedSender sender;
  private final @Nullable URI keys;
  private final @Nullable ProviderMetadata metadata;

  private PublishedKeys(
      GuardedSender sender, @Nullable URI keys, @Nullable ProviderMetadata metadata) {
    this.sender = sender;
    this.keys = keys;
    this.metadata = metadata;
  }

  /** Keys are kept as the profile says, and beyond that as long as the provider is down. */
  static JWKSource<SecurityContext> of(
      ValidationProfile profile, GuardedSender sender, Clock clock) {
    ProviderMetadata metadata =
        profile.keys() == null
            ? new ProviderMetadata(
                Objects.requireNonNull(profile.provider()),
                Objects.requireNonNull(profile.issuer()),
                profile.metadataKept(),
                sender,
                clock)
            : null;
    long kept = profile.keysKept().toMillis();
    return JWKSourceBuilder.create(new PublishedKeys(sender, profile.keys(), metadata))
        .cache(kept, Math.min(WAIT, kept / 2))
        .refreshAheadCache(false)
        .rateLimited(Math.min(PAUSE, kept / 2))
        .outageTolerantForever()
        .build();
  }

  @Override
  public JWKSet getJWKSet(
      JWKSetCacheRefreshEvaluator evaluator, long now, @Nullable SecurityContext context)
      throws KeySourceException {
    try {
      URI place = metadata == null ? Objects.requireNonNull(keys) : metadata.address("jwks_uri");
      return JWKSet.parse(sender.document(place));
    } catch (IOException e) {
      throw new JWKSetRetrievalException("the keys cannot be read: " + e.getMessage(), e);
    } catch (ParseException e) {
      throw new JWKSetRetrievalException("the published keys are no JWK set", e);
    }
  }

  @Override
  public void close() {
    // the sender is shared, and closed by the context
  }
}
