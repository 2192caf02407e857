package io.mcprouter.wiring;

import io.mcprouter.oauth.camel.OAuthBearerTokenProcessor;
import io.mcprouter.oauth.camel.OAuthClientCredentialsProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * OAuth for teams' own routes, by the keys {@code camel.oauth.*}. A route that wants a profile with
 * a name declares a processor of its own.
 */
@Configuration(proxyBeanMethods = false)
class RouteOAuthConfiguration {
  @Bean
  OAuthBearerTokenProcessor oauthBearerToken() {
    return new OAuthBearerTokenProcessor();
  }

  @Bean
  OAuthClientCredentialsProcessor oauthClientCredentials() {
    return new OAuthClientCredentialsProcessor();
  }
}
