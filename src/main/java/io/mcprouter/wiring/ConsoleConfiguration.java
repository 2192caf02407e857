package io.mcprouter.wiring;

import com.fasterxml.jackson.databind.DeserializationFeature;
import io.mcprouter.catalog.Catalog;
import io.mcprouter.console.ApiDescription;
import io.mcprouter.console.ApprovalsApi;
import io.mcprouter.console.BrowserUsers;
import io.mcprouter.console.Initializations;
import io.mcprouter.console.KeysApi;
import io.mcprouter.console.LastFailures;
import io.mcprouter.console.LoginCookie;
import io.mcprouter.console.LoginPages;
import io.mcprouter.console.LoginsApi;
import io.mcprouter.console.ServersApi;
import io.mcprouter.console.Statuses;
import io.mcprouter.console.Told;
import io.mcprouter.console.UnreadableRequests;
import io.mcprouter.console.UserLoginPages;
import io.mcprouter.console.UserLogins;
import io.mcprouter.console.VariablesApi;
import io.mcprouter.console.VisibleServers;
import io.mcprouter.credential.ApiKeys;
import io.mcprouter.credential.Sealing;
import io.mcprouter.credential.UserVariables;
import io.mcprouter.endpoint.DataPlane;
import io.mcprouter.identity.Administrators;
import io.mcprouter.oauth.OAuth;
import io.mcprouter.routing.Disclosure;
import io.mcprouter.routing.RouteInstaller;
import io.mcprouter.routing.guard.Approvals;
import io.mcprouter.session.Sessions;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.jackson.Jackson2ObjectMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The API and the pages of the control plane. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@Import({
  ServersApi.class,
  VariablesApi.class,
  LoginsApi.class,
  LoginPages.class,
  ApiDescription.class
})
class ConsoleConfiguration {
  @Bean
  UnreadableRequests unreadableRequests() {
    return new UnreadableRequests();
  }

  /** A misspelt field would otherwise be none, and give more than was asked for. */
  @Bean
  Jackson2ObjectMapperBuilderCustomizer unknownFieldsAreFaults() {
    return mapper -> mapper.featuresToEnable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  @Bean
  KeysApi keysApi(ApiKeys keys, Clock clock, McpRouterProperties properties) {
    return new KeysApi(
        keys,
        clock,
        properties.authentication().apiKeys() || !properties.authentication().isRequired());
  }

  @Bean
  ApprovalsApi approvalsApi(Approvals approvals, Administrators administrators) {
    return new ApprovalsApi(approvals, administrators);
  }

  @Bean
  VisibleServers visibleServers(Catalog catalog) {
    return new VisibleServers(catalog);
  }

  @Bean
  Told told(Disclosure disclosure) {
    return new Told(disclosure);
  }

  @Bean
  Initializations initializations(RouteInstaller routes) {
    return new Initializations(routes);
  }

  @Bean
  Statuses statuses(
      Sessions sessions,
      UserVariables variables,
      OAuth oauth,
      Initializations initializations,
      LastFailures failures,
      Told told) {
    return new Statuses(sessions, variables, oauth, initializations, failures, told);
  }

  @Bean
  LoginCookie loginCookie(Sealing sealing, Clock clock, ControlPlaneUrl url) {
    return new LoginCookie(sealing, clock, () -> url.page().getScheme().equals("https"));
  }

  @Bean
  UserLoginPages userLoginPages(
      UserLogins logins, LoginCookie cookies, ControlPlaneUrl controlPlane) {
    return new UserLoginPages(logins, cookies, controlPlane::page);
  }

  @Bean
  BrowserUsers browserUsers(
      DataPlane.Authentication authentication,
      McpRouterProperties properties,
      OAuth oauth,
      LoginCookie cookies,
      UserLogins logins) {
    return new BrowserUsers(
        authentication.callers(),
        !properties.authentication().isRequired(),
        oauth,
        cookies,
        logins);
  }
}
