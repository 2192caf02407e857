package io.mcprouter.wiring;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** The router as a Spring Boot application. */
@SpringBootApplication
@EnableConfigurationProperties(McpRouterProperties.class)
public class McpRouterApplication {}
