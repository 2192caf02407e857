package io.mcprouter.config;

import java.util.List;

/**
 * Where servers may be ({@code mcpSettings}).
 *
 * @param allowedDomains hosts, {@code *.host} patterns or origins that may be reached, and no
 *     others; no such limit where empty
 * @param allowedAddresses {@code host:port} pairs that may be reached although they are private
 */
public record McpSettings(List<String> allowedDomains, List<String> allowedAddresses) {
  public static final McpSettings DEFAULT = new McpSettings(List.of(), List.of());

  public McpSettings {
    allowedDomains = List.copyOf(allowedDomains);
    allowedAddresses = List.copyOf(allowedAddresses);
  }
}
