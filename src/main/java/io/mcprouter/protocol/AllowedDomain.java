package io.mcprouter.protocol;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One of {@code mcpSettings.allowedDomains}: {@code host}, {@code *.host} (the host itself too, as
 * LibreChat has it), or either with a scheme and a port.
 *
 * @param scheme in lower case; null for any
 * @param withSubdomains whether it began with {@code *.}
 * @param host in lower case, an IPv6 address without brackets
 * @param port 0 for any
 */
public record AllowedDomain(
    @Nullable String scheme, boolean withSubdomains, String host, int port) {
  private static final Pattern TEXT =
      Pattern.compile(
          "((?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://)?(?<wildcard>\\*\\.)?"
              + "((?<host>[A-Za-z0-9._-]+)|\\[(?<ipv6>[0-9A-Fa-f:.]+)])(:(?<port>[0-9]{1,5}))?");

  /** Matches nothing: the place of one that could not be read, so that no limit is lost by it. */
  public static final AllowedDomain NOWHERE = new AllowedDomain("", false, "", 0);

  /**
   * Reads one as it is written.
   *
   * @throws IllegalArgumentException if it is none; the message says what to write
   */
  public static AllowedDomain parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("is no host; write host, *.host or scheme://host:port");
    }
    String scheme = parts.group("scheme");
    String ipv6 = parts.group("ipv6");
    return new AllowedDomain(
        scheme == null ? null : scheme.toLowerCase(Locale.ROOT),
        parts.group("wildcard") != null,
        (ipv6 == null ? parts.group("host") : ipv6).toLowerCase(Locale.ROOT),
        parts.group("port") == null ? 0 : AllowedAddress.port(parts.group("port")));
  }

  /**
   * Whether an address is this one's.
   *
   * @param asked the host in lower case, without brackets and without a dot at its end
   */
  public boolean matches(String askedScheme, String asked, int askedPort) {
    return (scheme == null || scheme.equals(askedScheme))
        && (port == 0 || port == askedPort)
        && (host.equals(asked) || (withSubdomains && asked.endsWith("." + host)));
  }
}
