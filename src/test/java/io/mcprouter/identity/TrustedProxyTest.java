package io.mcprouter.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.mcprouter.identity.Callers.Reason;
import io.mcprouter.identity.Callers.Refused;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.PresentedToken;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A proxy that names users is believed when it proves itself, from its own addresses. */
class TrustedProxyTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final String SUBJECT = "CN=librechat,O=Example";

  private static Callers trusting(String secret, String certificate) {
    TrustedProxy proxy =
        new TrustedProxy(
            secret,
            "X-MCP-Router-Secret",
            certificate,
            List.of(AddressRange.parse("127.0.0.1"), AddressRange.parse("10.1.0.0/16")),
            UserHeaders.DEFAULT);
    return new AuthenticatedCallers(
        proxy, null, null, InstantSource.system(), Ticker.systemTicker());
  }

  private static final Callers CALLERS = trusting(SECRET, null);

  private static Requests alice() {
    return Requests.none()
        .with("X-MCP-Router-Secret", SECRET)
        .with("X-MCP-User-Id", "alice")
        .with("X-MCP-User-Email", "alice@example.com")
        .with("X-MCP-User-Role", "USER")
        .with("X-MCP-User-Roles", "support, billing");
  }

  @Test
  void a_user_is_whom_the_headers_describe() throws Refused {
    Caller caller = CALLERS.known(alice()).caller();
    assertThat(caller.id()).isEqualTo("alice");
    assertThat(caller.field("email")).isEqualTo("alice@example.com");
    assertThat(caller.roles()).containsExactlyInAnyOrder("USER", "support", "billing");
    assertThat(caller.source()).isEqualTo(Caller.Source.PROXY);
  }

  @Test
  void the_token_of_the_users_identity_provider_comes_along_and_goes_to_no_server()
      throws Exception {
    Instant end = Instant.parse("2030-01-01T00:00:00Z");
    SignedJWT signed =
        new SignedJWT(
            new JWSHeader(JWSAlgorithm.HS256),
            new JWTClaimsSet.Builder().expirationTime(Date.from(end)).build());
    signed.sign(new MACSigner(SECRET));
    String token = signed.serialize();
    PresentedToken presented =
        CALLERS.known(alice().with("X-MCP-User-Token", token)).caller().token();
    assertThat(presented.value()).isEqualTo(token);
    assertThat(presented.expires()).isEqualTo(end);
    assertThat(presented.isForwardable()).isFalse();

    Caller opaque = CALLERS.known(alice().with("X-MCP-User-Token", "opaque")).caller();
    assertThat(opaque.token().expires()).isEqualTo(Instant.MAX);
    assertThat(CALLERS.known(alice()).caller().token()).isNull();
  }

  /** LibreChat sends a placeholder as it is where it has no value for it. */
  @Test
  void what_nobody_filled_in_is_nobody_and_nothing() throws Refused {
    Requests nobody =
        Requests.none()
            .with("X-MCP-Router-Secret", SECRET)
            .with("X-MCP-User-Id", "{{LIBRECHAT_USER_ID}}");
    assertRefused(nobody, Reason.INVALID);

    Caller caller =
        CALLERS
            .known(
                alice()
                    .with("X-MCP-User-Name", "{{LIBRECHAT_USER_NAME}}")
                    .with("X-MCP-User-Token", "{{LIBRECHAT_OPENID_ID_TOKEN}}"))
            .caller();
    assertThat(caller.field("name")).isNullOrEmpty();
    assertThat(caller.token()).isNull();
  }

  @Test
  void a_token_that_is_no_token_any_more_is_refused() {
    assertRefused(alice().with("X-MCP-User-Token", "x".repeat(20_000)), Reason.MALFORMED);
  }

  @Test
  void a_value_beyond_latin_1_comes_as_librechat_writes_it() throws Refused {
    String name =
        "b64:" + Base64.getEncoder().encodeToString("Zoë 李".getBytes(StandardCharsets.UTF_8));
    Caller caller = CALLERS.known(alice().with("X-MCP-User-Name", name)).caller();
    assertThat(caller.field("name")).isEqualTo("Zoë 李");
  }

  @Test
  void without_the_secret_the_headers_mean_nothing() {
    Requests forged = Requests.none().with("X-MCP-User-Id", "alice");
    assertRefused(forged, Reason.NO_CREDENTIAL);
  }

  @Test
  void a_wrong_secret_is_refused() {
    Requests forged =
        Requests.none()
            .with("X-MCP-Router-Secret", SECRET.replace('0', '1'))
            .with("X-MCP-User-Id", "alice");
    assertRefused(forged, Reason.INVALID);
  }

  @Test
  void the_secret_from_another_address_is_refused() {
    assertRefused(alice().from("192.0.2.7"), Reason.INVALID);
    assertRefused(alice().from("10.2.0.1"), Reason.INVALID);
    assertRefused(alice().from(""), Reason.INVALID);
  }

  @Test
  void the_secret_from_a_listed_range_is_taken() throws Refused {
    assertThat(CALLERS.known(alice().from("10.1.200.3")).caller().id()).isEqualTo("alice");
  }

  @Test
  void a_proxy_that_names_nobody_is_refused() {
    assertRefused(
        Requests.none().with("X-MCP-Router-Secret", SECRET).with("X-MCP-User-Email", "a@b.c"),
        Reason.INVALID);
  }

  @Test
  void a_header_that_stands_twice_is_refused() {
    assertRefused(alice().with("X-MCP-User-Id", "bob"), Reason.MALFORMED);
    assertRefused(alice().with("X-MCP-Router-Secret", SECRET), Reason.MALFORMED);
  }

  @Test
  void a_variant_with_underscores_is_another_header() {
    assertRefused(
        Requests.none().with("X-MCP-Router-Secret", SECRET).with("X_MCP_User_Id", "alice"),
        Reason.INVALID);
  }

  @Test
  void control_characters_are_refused() {
    assertRefused(alice().with("X-MCP-User-Name", "b64:YQ0KYg=="), Reason.MALFORMED);
  }

  @Test
  void a_certificate_proves_the_proxy_where_the_administrator_says_so() throws Refused {
    Callers callers = trusting(null, SUBJECT);
    Requests named = Requests.none().with("X-MCP-User-Id", "alice");
    assertThat(callers.known(named.provenBy(SUBJECT)).caller().id()).isEqualTo("alice");
    assertThatThrownBy(() -> callers.known(named.provenBy("CN=other"))).isInstanceOf(Refused.class);
    assertThatThrownBy(() -> callers.known(named)).isInstanceOf(Refused.class);
  }

  @Test
  void where_both_are_asked_for_both_must_be_there() throws Refused {
    Callers callers = trusting(SECRET, SUBJECT);
    assertThat(callers.known(alice().provenBy(SUBJECT)).caller().id()).isEqualTo("alice");
    assertThatThrownBy(() -> callers.known(alice())).isInstanceOf(Refused.class);
  }

  private static void assertRefused(Requests request, Reason reason) {
    assertThatThrownBy(() -> CALLERS.known(request))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason))
        .hasMessageNotContaining(SECRET);
  }
}
