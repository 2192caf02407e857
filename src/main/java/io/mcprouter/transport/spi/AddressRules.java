package io.mcprouter.transport.spi;

import io.mcprouter.protocol.AllowedAddress;
import io.mcprouter.protocol.AllowedDomain;
import io.mcprouter.protocol.IpLiteral;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The policy of {@code mcpSettings}: only the public internet, and what the administrator allows
 * besides.
 *
 * @param allowedDomains where there are any, only these may be reached, and they may be private
 * @param allowedAddresses what may be reached although it is private
 * @param trustsLiterals whether a loopback or private address (or {@code localhost}) that stands in
 *     a URL as it is may be reached: so where only the administrator writes URLs
 */
public record AddressRules(
    List<AllowedDomain> allowedDomains,
    List<AllowedAddress> allowedAddresses,
    boolean trustsLiterals)
    implements AddressPolicy {
  private static final String LOCAL_NAME = "is a name of this machine or network";
  private static final String LOCALHOST = "localhost";
  private static final Set<String> LOCAL_NAMES =
      Set.of(
          LOCALHOST,
          "ip6-localhost",
          "ip6-loopback",
          "metadata",
          "instance-data",
          "local",
          "internal",
          "localdomain");
  private static final Pattern NAME = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*");
  private static final Pattern LOCAL_DOMAIN =
      Pattern.compile(".*\\.(localhost|local|internal|localdomain)");

  public AddressRules {
    allowedDomains = List.copyOf(allowedDomains);
    allowedAddresses = List.copyOf(allowedAddresses);
  }

  /** The rules for servers in the administrator's file. */
  public static AddressRules of(
      List<AllowedDomain> allowedDomains, List<AllowedAddress> allowedAddresses) {
    return new AddressRules(allowedDomains, allowedAddresses, true);
  }

  /**
   * The same rules for addresses that users write, or that servers name: an address is not trusted
   * for standing there as it is.
   */
  public AddressRules forUserServers() {
    return new AddressRules(allowedDomains, allowedAddresses, false);
  }

  @Override
  public Ruling judge(Destination destination) {
    String host = destination.host();
    InetAddress literal = destination.literal();
    if (literal == null && (IpLiteral.isOddlySpelled(host) || !NAME.matcher(host).matches())) {
      return new Ruling.Refused("is neither a name nor an IP address as it is commonly written");
    }
    if (!allowedDomains.isEmpty()) {
      return isAllowedDomain(destination)
          ? Ruling.ALLOWED
          : new Ruling.Refused("is not among mcpSettings.allowedDomains, which bound all servers");
    }
    if (isNamed(destination)) {
      return Ruling.ALLOWED;
    }
    return literal == null ? name(destination) : literal(destination, literal);
  }

  private boolean isAllowedDomain(Destination to) {
    return allowedDomains.stream()
        .anyMatch(domain -> domain.matches(to.scheme(), to.host(), to.port()));
  }

  private boolean isNamed(Destination to) {
    return allowedAddresses.contains(new AllowedAddress.Named(to.host(), to.port()));
  }

  private Ruling literal(Destination destination, InetAddress literal) {
    String kind = SpecialAddresses.kind(literal);
    if (kind == null || isAllowed(literal, destination.port())) {
      return Ruling.ALLOWED;
    }
    return trustsLiterals && SpecialAddresses.isOwn(kind)
        ? new Ruling.Allowed(true)
        : new Ruling.Refused(refusal(destination, "is " + kind));
  }

  private Ruling name(Destination destination) {
    if (trustsLiterals && destination.host().equals(LOCALHOST)) {
      return new Ruling.Allowed(true);
    }
    boolean mayLead = allowedAddresses.stream().anyMatch(AllowedAddress.Network.class::isInstance);
    return isLocalName(destination.host()) && !mayLead
        ? new Ruling.Refused(refusal(destination, LOCAL_NAME))
        : Ruling.BY_ADDRESS;
  }

  private boolean isAllowed(InetAddress address, int port) {
    return allowedAddresses.stream()
        .anyMatch(
            allowed -> allowed instanceof AllowedAddress.Network own && own.holds(address, port));
  }

  /** A name of this machine or network needs an allowed address also where it leads outside. */
  @Override
  public @Nullable String refusal(Destination destination, InetAddress address) {
    if (isAllowed(address, destination.port())) {
      return null;
    }
    if (isLocalName(destination.host())) {
      return refusal(destination, LOCAL_NAME);
    }
    String kind = SpecialAddresses.kind(address);
    return kind == null ? null : refusal(destination, "leads to " + kind);
  }

  private static boolean isLocalName(String host) {
    return LOCAL_NAMES.contains(host) || LOCAL_DOMAIN.matcher(host).matches();
  }

  private static String refusal(Destination destination, String what) {
    return what
        + ", which may not be reached unless mcpSettings.allowedAddresses holds "
        + destination.hostAndPort();
  }
}
