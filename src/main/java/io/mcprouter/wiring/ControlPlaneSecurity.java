package io.mcprouter.wiring;

import io.mcprouter.console.CallerFilter;
import io.mcprouter.console.Entrance;
import io.mcprouter.console.OwnHostFilter;
import io.mcprouter.endpoint.DataPlane;
import io.mcprouter.identity.OwnOrigins;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * Who may see what of the control plane. Callers prove themselves in each request, never by a
 * session; changes are safe from forged requests because a foreign Origin is refused and bodies
 * must be JSON.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class ControlPlaneSecurity {
  private static final String NOTHING_FROM_ELSEWHERE =
      "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self';"
          + " frame-ancestors 'none'; base-uri 'none'";

  @Bean
  SecurityFilterChain controlPlane(
      HttpSecurity http,
      McpRouterProperties properties,
      DataPlane.Authentication authentication,
      Entrance entrance)
      throws Exception {
    OwnOrigins origins = new OwnOrigins(properties.publicUrl(), properties.allowedOrigins());
    return http.csrf(AbstractHttpConfigurer::disable)
        .formLogin(AbstractHttpConfigurer::disable)
        .httpBasic(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .headers(ControlPlaneSecurity::headers)
        .addFilterBefore(new OwnHostFilter(origins), AnonymousAuthenticationFilter.class)
        .addFilterBefore(
            new CallerFilter(authentication.callers(), authentication.baseUrl()),
            AnonymousAuthenticationFilter.class)
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers(
                        "/actuator/health",
                        "/actuator/health/liveness",
                        "/actuator/health/readiness")
                    .permitAll()
                    .requestMatchers("/oauth/**", "/.well-known/**", "/error")
                    .permitAll()
                    .anyRequest()
                    .authenticated())
        .exceptionHandling(
            refusals ->
                refusals
                    .authenticationEntryPoint(entrance::credentialWanted)
                    .accessDeniedHandler(entrance::denied))
        .build();
  }

  private static void headers(HeadersConfigurer<HttpSecurity> headers) {
    headers
        .contentSecurityPolicy(policy -> policy.policyDirectives(NOTHING_FROM_ELSEWHERE))
        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN));
  }

  @Bean
  Entrance entrance() {
    return new Entrance();
  }
}
