package io.mcprouter.config;

import io.mcprouter.protocol.AllowedAddress;
import io.mcprouter.protocol.AllowedDomain;
import java.util.List;

/**
 * Where servers may be ({@code mcpSettings}).
 *
 * @param allowedDomains what may be reached, and nothing else; no such limit where empty
 * @param allowedAddresses what may be reached although it is private
 */
public record McpSettings(
    List<AllowedDomain> allowedDomains, List<AllowedAddress> allowedAddresses) {
  public static final McpSettings DEFAULT = new McpSettings(List.of(), List.of());

  public McpSettings {
    allowedDomains = List.copyOf(allowedDomains);
    allowedAddresses = List.copyOf(allowedAddresses);
  }
}
