package io.mcprouter.testkit.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcClientRegistrationAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.oidc.converter.OidcClientRegistrationRegisteredClientConverter;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.web.filter.OncePerRequestFilter;

/** The embedded authorization server, with no more of Spring Boot than it needs. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@Import({
  ServletWebServerFactoryAutoConfiguration.class,
  DispatcherServletAutoConfiguration.class,
  JacksonAutoConfiguration.class,
  HttpMessageConvertersAutoConfiguration.class,
  WebMvcAutoConfiguration.class
})
class SpringAuthorizationServerConfiguration {
  static final String REGISTRAR = "registrar";
  static final String REGISTRAR_SECRET = "registrar-secret";
  static final String USER = "spring-user";
  static final String SCOPE = "mcp:basic";

  @Bean
  SecurityFilterChain endpoints(HttpSecurity http) throws Exception {
    OAuth2AuthorizationServerConfigurer server =
        OAuth2AuthorizationServerConfigurer.authorizationServer();
    http.securityMatcher(server.getEndpointsMatcher())
        .with(
            server,
            each ->
                each.oidc(
                    oidc ->
                        oidc.clientRegistrationEndpoint(
                            registration ->
                                registration.authenticationProviders(withOurClients()))))
        .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .oauth2ResourceServer(resources -> resources.jwt(Customizer.withDefaults()))
        .csrf(csrf -> csrf.disable())
        .addFilterAfter(new EverybodyIsLoggedIn(), SecurityContextHolderFilter.class);
    return http.build();
  }

  private static Consumer<List<AuthenticationProvider>> withOurClients() {
    OidcClientRegistrationRegisteredClientConverter usual =
        new OidcClientRegistrationRegisteredClientConverter();
    return providers ->
        providers.stream()
            .filter(OidcClientRegistrationAuthenticationProvider.class::isInstance)
            .map(OidcClientRegistrationAuthenticationProvider.class::cast)
            .forEach(
                provider ->
                    provider.setRegisteredClientConverter(
                        registration -> ours(usual.convert(registration))));
  }

  private static RegisteredClient ours(RegisteredClient asked) {
    return RegisteredClient.from(asked)
        .scope(SCOPE)
        .clientSettings(
            ClientSettings.builder()
                .requireAuthorizationConsent(false)
                .requireProofKey(true)
                .build())
        .tokenSettings(
            TokenSettings.builder()
                .reuseRefreshTokens(false)
                .accessTokenTimeToLive(Duration.ofMinutes(5))
                .build())
        .build();
  }

  @Bean
  RegisteredClientRepository clients() {
    return new InMemoryRegisteredClientRepository(
        RegisteredClient.withId(UUID.randomUUID().toString())
            .clientId(REGISTRAR)
            .clientSecret("{noop}" + REGISTRAR_SECRET)
            .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
            .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
            .scope("client.create")
            .build());
  }

  /** A token is meant for the resource that was asked for (RFC 8707), which Spring leaves out. */
  @Bean
  OAuth2TokenCustomizer<JwtEncodingContext> audience() {
    return token -> {
      String resource = resource(token.getAuthorization());
      if (resource != null && OAuth2TokenType.ACCESS_TOKEN.equals(token.getTokenType())) {
        token.getClaims().audience(List.of(resource));
      }
    };
  }

  private static @Nullable String resource(@Nullable OAuth2Authorization authorization) {
    OAuth2AuthorizationRequest request =
        authorization == null
            ? null
            : authorization.getAttribute(OAuth2AuthorizationRequest.class.getName());
    return request == null ? null : (String) request.getAdditionalParameters().get("resource");
  }

  @Bean
  OAuth2AuthorizationService authorizations() {
    return new InMemoryOAuth2AuthorizationService();
  }

  @Bean
  JWKSource<SecurityContext> keys() throws JOSEException {
    return new ImmutableJWKSet<>(new JWKSet(new RSAKeyGenerator(2048).keyID("spring").generate()));
  }

  @Bean
  JwtDecoder decoder(JWKSource<SecurityContext> keys) {
    return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
  }

  @Bean
  AuthorizationServerSettings settings() {
    return AuthorizationServerSettings.builder().build();
  }

  @Bean
  DelegatingFilterProxyRegistrationBean securityFilter() {
    return new DelegatingFilterProxyRegistrationBean("springSecurityFilterChain");
  }

  /** Stands before the login that Spring would ask for. */
  private static final class EverybodyIsLoggedIn extends OncePerRequestFilter {
    @Override
    protected void doFilterInternal(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws ServletException, IOException {
      if (request.getRequestURI().equals("/oauth2/authorize")) {
        SecurityContextHolder.getContext()
            .setAuthentication(
                UsernamePasswordAuthenticationToken.authenticated(USER, null, List.of()));
      }
      chain.doFilter(request, response);
    }
  }
}
