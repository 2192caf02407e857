package io.mcprouter.oauth.camel;

import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import io.mcprouter.oauth.GuardedSender;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one client, by the grant of client credentials (RFC 6749 §4.4). Of those who need
 * one at the same time, one asks; where that fails, it has failed for all of them.
 */
final class ClientTokens {
  private static final Pattern CODE = Pattern.compile("[a-z_]{1,64}");

  private final ClientProfile profile;
  private final GuardedSender sender;
  private final @Nullable ProviderMetadata metadata;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Held held;
  private volatile @Nullable Failed failed;

  private record Held(String token, Instant until) {}

  private record Failed(IOException why, long at) {}

  ClientTokens(ClientProfile profile, GuardedSender sender, Clock clock) {
    this.profile = profile;
    this.sender = sender;
    this.clock = clock;
    this.metadata =
        profile.tokenEndpoint() == null
            ? new ProviderMetadata(
                Objects.requireNonNull(profile.provider()),
                profile.issuer(),
                profile.metadataKept(),
                sender,
                clock)
            : null;
  }

  String token() throws IOException {
    String usable = usable();
    if (usable != null) {
      return usable;
    }
    long arrived = System.nanoTime();
    lock.lock();
    try {
      String meanwhile = usable();
      return meanwhile != null ? meanwhile : fetched(arrived);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable String usable() {
    Held known = held;
    return known != null && clock.instant().isBefore(known.until) ? known.token : null;
  }

  private String fetched(long arrived) throws IOException {
    Failed before = failed;
    if (before != null && before.at - arrived > 0) {
      throw new IOException(before.why.getMessage(), before.why);
    }
    try {
      AccessToken granted = granted();
      keep(granted);
      return granted.getValue();
    } catch (IOException e) {
      failed = new Failed(e, System.nanoTime());
      throw e;
    }
  }

  private void keep(AccessToken granted) {
    if (profile.keepsTokens()) {
      Duration life =
          granted.getLifetime() > 0
              ? Duration.ofSeconds(granted.getLifetime())
              : profile.usualLife();
      held = new Held(granted.getValue(), clock.instant().plus(life).minus(profile.margin()));
    }
  }

  private AccessToken granted() throws IOException {
    URI endpoint = endpoint();
    try {
      TokenResponse answer = TokenResponse.parse(request(endpoint).toHTTPRequest().send(sender));
      if (!answer.indicatesSuccess()) {
        throw new IOException(
            endpoint.getHost() + " gives no token: " + error(answer.toErrorResponse()));
      }
      return checked(answer.toSuccessResponse().getTokens().getAccessToken(), endpoint);
    } catch (ParseException e) {
      // the parser's message may hold parts of the answer
      throw new IOException(endpoint.getHost() + " answers something that is no token");
    }
  }

  private URI endpoint() throws IOException {
    return metadata == null
        ? Objects.requireNonNull(profile.tokenEndpoint())
        : metadata.address("token_endpoint");
  }

  private TokenRequest request(URI endpoint) {
    TokenRequest.Builder request =
        new TokenRequest.Builder(
            endpoint,
            new ClientSecretBasic(
                new ClientID(profile.clientId()), new Secret(profile.clientSecret())),
            new ClientCredentialsGrant());
    if (profile.scope() != null) {
      request.scope(Scope.parse(profile.scope()));
    }
    return request.build();
  }

  private static AccessToken checked(AccessToken token, URI endpoint) throws IOException {
    boolean fitsHeader = token.getValue().chars().allMatch(one -> one > ' ' && one < 127);
    if (!(token instanceof BearerAccessToken) || !fitsHeader) {
      throw new IOException(endpoint.getHost() + " gives a token that is no bearer token");
    }
    return token;
  }

  /** The code alone, as far as it is one: a description is foreign text. */
  private static String error(TokenErrorResponse answer) {
    String code = answer.getErrorObject().getCode();
    return code != null && CODE.matcher(code).matches()
        ? code
        : "HTTP " + answer.getErrorObject().getHTTPStatusCode();
  }
}
