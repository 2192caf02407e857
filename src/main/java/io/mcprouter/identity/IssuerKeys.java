package io.mcprouter.identity;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.Resource;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of an issuer, found by its metadata (RFC 8414 §3, OpenID Connect Discovery §4)
 * when the first token comes. Keys are kept for ten minutes, and for an hour where the issuer
 * cannot be reached; an unknown key asks again, at most once in 30 seconds.
 */
final class IssuerKeys implements JWKSource<SecurityContext> {
  private static final long KEPT = Duration.ofMinutes(10).toMillis();
  private static final long REFRESH_LIMIT = Duration.ofSeconds(15).toMillis();
  private static final long PAUSE = Duration.ofSeconds(30).toMillis();
  private static final long OUTAGE = Duration.ofHours(1).toMillis();

  private final IssuerSettings settings;
  private final JsonFetch fetch;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable JWKSource<SecurityContext> source;

  /** Guarded by the lock. */
  private @Nullable Read read;

  IssuerKeys(IssuerSettings settings, JsonFetch fetch) {
    this.settings = settings;
    this.fetch = fetch;
  }

  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
      throws KeySourceException {
    JWKSource<SecurityContext> known = source;
    return (known == null ? found() : known).get(selector, context);
  }

  private JWKSource<SecurityContext> found() throws KeySourceException {
    lock.lock();
    try {
      JWKSource<SecurityContext> known = source;
      if (known == null) {
        known = of(address());
        source = known;
      }
      return known;
    } catch (IOException | IllegalArgumentException e) {
      throw new RemoteKeySourceException("The issuer's metadata cannot be read", e);
    } finally {
      lock.unlock();
    }
  }

  private JWKSource<SecurityContext> of(URI address) throws IOException {
    return JWKSourceBuilder.<SecurityContext>create(address.toURL(), this::resource)
        .cache(KEPT, REFRESH_LIMIT)
        .rateLimited(PAUSE)
        .outageTolerant(OUTAGE)
        .retrying(true)
        .build();
  }

  private Resource resource(URL url) throws IOException {
    return new Resource(fetch.get(URI.create(url.toString())), "application/json");
  }

  private URI address() throws IOException {
    URI configured = settings.keys();
    return configured == null ? URI.create(metadata("jwks_uri")) : configured;
  }

  /** A text in the issuer's metadata, which must be of this very issuer (RFC 8414 §3.3). */
  String metadata(String key) throws IOException {
    Map<String, Object> metadata = document();
    if (!settings.issuer().equals(metadata.get("issuer"))) {
      throw new IOException("the metadata is of another issuer");
    }
    if (metadata.get(key) instanceof String text) {
      return text;
    }
    throw new IOException("the metadata names no " + key);
  }

  /**
   * The metadata, asked for once in ten minutes; where it cannot be read, once in 30 seconds,
   * however many tokens come meanwhile.
   */
  private Map<String, Object> document() throws IOException {
    lock.lock();
    try {
      Read known = read;
      if (known == null || System.nanoTime() - known.until >= 0) {
        known = readAnew();
        read = known;
      }
      if (known.failure != null) {
        throw new IOException("the metadata cannot be read", known.failure);
      }
      return known.document;
    } finally {
      lock.unlock();
    }
  }

  private Read readAnew() {
    IOException last = new IOException("no metadata");
    for (URI place : places(URI.create(settings.issuer()))) {
      try {
        Map<String, Object> found = JSONObjectUtils.parse(fetch.get(place));
        return new Read(found, null, System.nanoTime() + Duration.ofMillis(KEPT).toNanos());
      } catch (IOException e) {
        last = e;
      } catch (ParseException e) {
        last = new IOException("the metadata is no JSON", e);
      }
    }
    return new Read(Map.of(), last, System.nanoTime() + Duration.ofMillis(PAUSE).toNanos());
  }

  /** What was read last, and how long that holds. */
  private record Read(Map<String, Object> document, @Nullable IOException failure, long until) {}

  private static List<URI> places(URI issuer) {
    String path = issuer.getRawPath() == null ? "" : issuer.getRawPath().replaceAll("/+$", "");
    return List.of(
        issuer.resolve("/.well-known/oauth-authorization-server" + path),
        issuer.resolve(path + "/.well-known/openid-configuration"),
        issuer.resolve("/.well-known/openid-configuration" + path));
  }
}
