package io.mcprouter.testkit.auth;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.web.client.RestClient;

/**
 * Spring Authorization Server on loopback: an implementation that owes nothing to ours. Whoever
 * comes is logged in; clients register with an {@link #initialToken() initial token} and must use
 * PKCE; refresh tokens rotate. It has no {@code iss} parameter, and no refresh tokens for public
 * clients.
 */
public final class SpringAuthorizationServer implements AutoCloseable {
  private final ConfigurableApplicationContext context;

  private SpringAuthorizationServer(ConfigurableApplicationContext context) {
    this.context = context;
  }

  public static SpringAuthorizationServer start() {
    return new SpringAuthorizationServer(
        new SpringApplicationBuilder(SpringAuthorizationServerConfiguration.class)
            .web(WebApplicationType.SERVLET)
            .properties("spring.main.banner-mode=off")
            .run("--server.port=0", "--server.address=127.0.0.1"));
  }

  public String issuer() {
    int port = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
    return "http://127.0.0.1:" + port;
  }

  public URI uri(String path) {
    return URI.create(issuer() + path);
  }

  /** A right to register one client. */
  public String initialToken() {
    String credentials =
        SpringAuthorizationServerConfiguration.REGISTRAR
            + ":"
            + SpringAuthorizationServerConfiguration.REGISTRAR_SECRET;
    String answer =
        RestClient.create()
            .post()
            .uri(uri("/oauth2/token"))
            .header("Authorization", "Basic " + encoded(credentials))
            .contentType(MediaType.APPLICATION_FORM_URLENCODED)
            .body("grant_type=client_credentials&scope=client.create")
            .retrieve()
            .body(String.class);
    return ProtectedTools.parse(Objects.requireNonNull(answer)).path("access_token").asText();
  }

  private static String encoded(String credentials) {
    String[] pair = credentials.split(":", 2);
    String escaped =
        URLEncoder.encode(pair[0], StandardCharsets.UTF_8)
            + ":"
            + URLEncoder.encode(pair[1], StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(escaped.getBytes(StandardCharsets.UTF_8));
  }

  /** What is known of an access token that may be used now; for {@link ProtectedMcpServer}. */
  public Optional<IssuedToken> valid(String token) {
    OAuth2Authorization authorization =
        context
            .getBean(OAuth2AuthorizationService.class)
            .findByToken(token, OAuth2TokenType.ACCESS_TOKEN);
    if (authorization == null || !authorization.getAccessToken().isActive()) {
      return Optional.empty();
    }
    Jwt jwt = context.getBean(JwtDecoder.class).decode(token);
    List<String> audience = jwt.getAudience();
    return Optional.of(
        new IssuedToken(
            String.valueOf(jwt.getId()),
            authorization.getId(),
            jwt.getSubject(),
            authorization.getRegisteredClientId(),
            authorization.getAccessToken().getToken().getScopes(),
            audience == null || audience.isEmpty() ? null : audience.getFirst(),
            Objects.requireNonNullElse(jwt.getExpiresAt(), Instant.MAX)));
  }

  @Override
  public void close() {
    context.close();
  }
}
