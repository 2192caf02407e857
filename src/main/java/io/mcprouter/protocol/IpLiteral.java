package io.mcprouter.protocol;

import java.net.InetAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * IP addresses as they stand in the place of a host's name. Only the spelling that everybody reads
 * alike counts: what some libraries take for an address besides ({@code 0x7f.1}, {@code
 * 2130706433}, {@code 017700000001}) is told apart from names, so that it can be refused.
 */
public final class IpLiteral {
  private static final String NUMBER = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(NUMBER + "(\\." + NUMBER + "){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  /** The last label of what libraries take for an IPv4 address (WHATWG URL, ends in a number). */
  private static final Pattern NUMERIC =
      Pattern.compile("(.*\\.)?([0-9]+|0[xX][0-9A-Fa-f]*)\\.*", Pattern.DOTALL);

  private IpLiteral() {}

  /**
   * The address that a host is, or null where it is none. An IPv4 address inside an IPv6 one
   * ({@code ::ffff:127.0.0.1}, in all its spellings) is given as the IPv4 address.
   *
   * @param host without brackets
   */
  public static @Nullable InetAddress of(String host) {
    if (!IPV4.matcher(host).matches() && !IPV6.matcher(host).matches()) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException e) {
      return null; // colons and digits that are no address
    }
  }

  /** Whether a host is no name, but looks like an address that {@link #of} does not read. */
  public static boolean isOddlySpelled(String host) {
    boolean number = NUMERIC.matcher(host).matches() || host.indexOf(':') >= 0;
    return number && of(host) == null;
  }
}
