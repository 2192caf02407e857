package io.mcprouter.wiring;

import io.mcprouter.credential.ApiKeys;
import io.mcprouter.credential.AuditLog;
import io.mcprouter.credential.Invalidations;
import io.mcprouter.credential.MasterKeySettings;
import io.mcprouter.credential.Resealing;
import io.mcprouter.credential.SealedRows;
import io.mcprouter.credential.Sealing;
import io.mcprouter.credential.Store;
import io.mcprouter.credential.StoreSettings;
import io.mcprouter.credential.UserServers;
import io.mcprouter.credential.UserVariables;
import io.mcprouter.monitoring.Redaction;
import io.mcprouter.oauth.OAuth;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The store and what stands on it. It is open before any client is let in. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {
  private static final String MASTER_KEY = "MCP_ROUTER_MASTER_KEY";

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  Store store(McpRouterProperties properties) {
    return Store.open(settings(properties.store()));
  }

  private static StoreSettings settings(StoreProperties store) {
    if (store.poolSize() < 1) {
      throw CannotStartException.wrongSetting(
          "store.pool-size", "must be at least 1, but is " + store.poolSize());
    }
    return new StoreSettings(
        store.data(), store.url(), store.user(), store.password(), store.poolSize());
  }

  @Bean
  Sealing sealing(
      McpRouterProperties properties,
      Environment environment,
      Store store,
      Clock clock,
      Redaction redaction) {
    StoreProperties own = properties.store();
    String text = own.masterKey() == null ? environment.getProperty(MASTER_KEY) : own.masterKey();
    MasterKeySettings key =
        new MasterKeySettings(own.masterKeyFile(), text, !properties.authentication().isRequired());
    Sealing sealing = Sealing.open(store, key.find(store), clock);
    sealing.tell(secret -> redaction.remember(new String(secret, StandardCharsets.UTF_8)));
    return sealing;
  }

  @Bean
  Redaction redaction() {
    return new Redaction();
  }

  @Bean(destroyMethod = "close")
  RedactedLogs redactedLogs(McpRouterProperties properties, Redaction redaction) {
    AuthenticationProperties.Proxy proxy = properties.authentication().proxy();
    Stream.of(
            properties.store().masterKey(),
            properties.store().password(),
            proxy == null ? null : proxy.secret())
        .filter(Objects::nonNull)
        .forEach(redaction::keep);
    return RedactedLogs.of(redaction, System.getenv());
  }

  @Bean
  Invalidations invalidations(Store store, Clock clock) {
    return Invalidations.open(store, clock);
  }

  @Bean
  UserVariables userVariables(
      Store store, Sealing sealing, Invalidations invalidations, Clock clock) {
    return new UserVariables(store, sealing, invalidations, clock);
  }

  @Bean
  SealedRows sealedUserVariables(UserVariables variables) {
    return variables.rows();
  }

  @Bean
  UserServers userServers(Store store, Sealing sealing, Invalidations invalidations, Clock clock) {
    return new UserServers(store, sealing, invalidations, clock);
  }

  @Bean
  SealedRows sealedUserServers(UserServers servers) {
    return servers.rows();
  }

  @Bean
  ApiKeys apiKeys(Store store, Invalidations invalidations, Clock clock) {
    return new ApiKeys(store, invalidations, clock);
  }

  @Bean
  AuditLog auditLog(Store store, Clock clock) {
    return new AuditLog(store, clock);
  }

  @Bean
  Resealing resealing(Sealing sealing, List<SealedRows> tables, ObjectProvider<OAuth> oauth) {
    List<SealedRows> all = new ArrayList<>(tables);
    oauth.ifAvailable(running -> all.addAll(running.sealedTables()));
    return new Resealing(sealing, all);
  }
}
