package io.mcprouter.transport.spi;

import io.mcprouter.protocol.AllowedAddress;
import io.mcprouter.protocol.AllowedAddress.Network;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that are no host of the public internet (IANA special-purpose address registries), by
 * what they are.
 */
final class SpecialAddresses {
  private static final String LOOPBACK = "a loopback address";
  private static final String PRIVATE = "a private address";
  private static final String TRANSLATED = "an address that is translated into another";
  private static final String DOCUMENTATION = "an address for documentation";
  private static final String RESERVED = "a reserved address";
  private static final String LINK_LOCAL = "a link-local address, as metadata services have";

  /** What an administrator may well have written on purpose. */
  private static final Set<String> OF_THE_ADMINISTRATOR = Set.of(LOOPBACK, PRIVATE);

  private static final Network PUBLIC_IPV6 = network("2000::/3");

  private static final List<Map.Entry<Network, String>> RANGES = new ArrayList<>();

  static {
    add(LOOPBACK, "127.0.0.0/8", "::1/128");
    add("the unspecified address", "0.0.0.0/8", "::/128");
    add(PRIVATE, "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10");
    add(LINK_LOCAL, "169.254.0.0/16", "fe80::/10", "fd00:ec2::/32");
    add(PRIVATE, "fc00::/7", "fec0::/10");
    add(TRANSLATED, "192.88.99.0/24", "2002::/16", "2001::/32", "64:ff9b::/96", "64:ff9b:1::/48");
    add(TRANSLATED, "::ffff:0:0:0/96", "::/96");
    add(DOCUMENTATION, "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24");
    add(DOCUMENTATION, "2001:db8::/32", "3fff::/20");
    add("a multicast address", "224.0.0.0/4", "ff00::/8");
    add(RESERVED, "192.0.0.0/24", "198.18.0.0/15", "240.0.0.0/4", "2001::/23");
  }

  private SpecialAddresses() {}

  private static void add(String kind, String... networks) {
    for (String network : networks) {
      RANGES.add(Map.entry(network(network), kind));
    }
  }

  private static Network network(String text) {
    return (Network) AllowedAddress.parse(text);
  }

  /** What kind of special address it is, null for one of the public internet. */
  static @Nullable String kind(InetAddress address) {
    for (Map.Entry<Network, String> range : RANGES) {
      if (range.getKey().holds(address, 0)) {
        return range.getValue();
      }
    }
    boolean isPublic = !(address instanceof Inet6Address) || PUBLIC_IPV6.holds(address, 0);
    return isPublic ? null : RESERVED;
  }

  /** Whether the kind is one at which a server of one's own may be. */
  static boolean isOwn(String kind) {
    return OF_THE_ADMINISTRATOR.contains(kind);
  }
}
