package io.mcprouter.wiring;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** The router as a Spring Boot application. */
@SpringBootApplication(
    exclude = {
      DataSourceAutoConfiguration.class,
      FlywayAutoConfiguration.class,
      UserDetailsServiceAutoConfiguration.class
    })
@EnableConfigurationProperties(McpRouterProperties.class)
public class McpRouterApplication {}
