package io.mcprouter.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.id.ClientID;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the router is to one authorization server.
 *
 * @param issuer the server that it is known to; its secret never goes to another
 * @param secret null for a public client, and for one with a key
 * @param key what it signs with instead of a secret
 */
record Client(
    String issuer,
    String id,
    Origin origin,
    @Nullable Secret secret,
    @Nullable SigningKey key,
    ClientAuthenticationMethod method) {

  /** Where it comes from. */
  enum Origin {
    CONFIGURED,
    METADATA_DOCUMENT,
    REGISTERED
  }

  /** A client that its id alone names. */
  static Client open(String issuer, String id, Origin origin) {
    return new Client(issuer, id, origin, null, null, ClientAuthenticationMethod.NONE);
  }

  /** A client with a secret, which it gives in the way that the server takes. */
  static Client withSecret(
      String issuer, String id, Origin origin, Secret secret, ClientAuthenticationMethod method) {
    return new Client(issuer, id, origin, secret, null, method);
  }

  static Client withKey(String issuer, String id, SigningKey key) {
    return new Client(
        issuer, id, Origin.CONFIGURED, null, key, ClientAuthenticationMethod.PRIVATE_KEY_JWT);
  }

  /** How a secret is given: in the header where nothing else is said (RFC 8414). */
  static ClientAuthenticationMethod methodOfSecret(List<String> supported) {
    String post = ClientAuthenticationMethod.CLIENT_SECRET_POST.getValue();
    String basic = ClientAuthenticationMethod.CLIENT_SECRET_BASIC.getValue();
    return !supported.contains(basic) && supported.contains(post)
        ? ClientAuthenticationMethod.CLIENT_SECRET_POST
        : ClientAuthenticationMethod.CLIENT_SECRET_BASIC;
  }

  ClientID clientId() {
    return new ClientID(id);
  }

  /** What proves the client in one request, null for a public one. */
  @Nullable ClientAuthentication authentication() throws OAuthFailure {
    if (key != null) {
      return signed(key);
    }
    if (secret == null) {
      return null;
    }
    com.nimbusds.oauth2.sdk.auth.Secret value =
        new com.nimbusds.oauth2.sdk.auth.Secret(secret.value());
    return method.equals(ClientAuthenticationMethod.CLIENT_SECRET_POST)
        ? new ClientSecretPost(clientId(), value)
        : new ClientSecretBasic(clientId(), value);
  }

  private ClientAuthentication signed(SigningKey with) throws OAuthFailure {
    try {
      return with.proof(clientId(), issuer);
    } catch (JOSEException e) {
      throw OAuthFailure.unusable("router.oauth.privateKey cannot sign; check key and algorithm");
    }
  }
}
