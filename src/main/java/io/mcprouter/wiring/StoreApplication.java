package io.mcprouter.wiring;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** The store alone, with the router's settings: for commands that need no router. */
@Import(StoreConfiguration.class)
@EnableConfigurationProperties(McpRouterProperties.class)
public final class StoreApplication {}
