package io.mcprouter.protocol;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One of {@code mcpSettings.allowedAddresses}: what may be reached although it is private. {@code
 * host:port}, {@code ip:port}, or a network {@code 10.0.0.0/8} or {@code 10.0.0.0/8:8080}.
 */
public sealed interface AllowedAddress {
  int MAX_PORT = 65_535;

  /** Whatever address the name has. */
  record Named(String host, int port) implements AllowedAddress {}

  /**
   * The addresses whose first {@code bits} bits are those of {@code prefix}.
   *
   * @param port 0 for any
   */
  record Network(InetAddress prefix, int bits, int port) implements AllowedAddress {
    /** Whether it holds an address. */
    public boolean holds(InetAddress address, int askedPort) {
      byte[] own = prefix.getAddress();
      byte[] other = address.getAddress();
      return (port == 0 || port == askedPort)
          && own.length == other.length
          && Arrays.equals(own, head(other, bits));
    }
  }

  /**
   * Reads one as it is written.
   *
   * @throws IllegalArgumentException if it is none; the message says what to write
   */
  static AllowedAddress parse(String text) {
    for (Pattern form : Forms.ALL) {
      Matcher parts = form.matcher(text);
      if (parts.matches() && (parts.group("bits") != null || parts.group("port") != null)) {
        int port = parts.group("port") == null ? 0 : port(parts.group("port"));
        return of(parts.group("host").toLowerCase(Locale.ROOT), parts.group("bits"), port);
      }
    }
    throw new IllegalArgumentException(
        "is no address; write host:port, ip:port or a network such as 10.0.0.0/8, without a scheme"
            + " or a path");
  }

  private static AllowedAddress of(String host, @Nullable String bits, int port) {
    InetAddress address = IpLiteral.of(host);
    if (address != null) {
      int most = address.getAddress().length * Byte.SIZE;
      return network(address, bits == null ? most : Integer.parseInt(bits), port);
    }
    if (IpLiteral.isOddlySpelled(host) || bits != null) {
      throw new IllegalArgumentException(
          "is no IP address; write four numbers with dots, or IPv6 in brackets");
    }
    return new Named(host, port);
  }

  private static Network network(InetAddress address, int bits, int port) {
    int most = address.getAddress().length * Byte.SIZE;
    if (bits > most) {
      throw new IllegalArgumentException("has a prefix of more than " + most + " bits");
    }
    if (!Arrays.equals(address.getAddress(), head(address.getAddress(), bits))) {
      throw new IllegalArgumentException(
          "is no network: behind its first " + bits + " bits must be zeros");
    }
    return new Network(address, bits, port);
  }

  private static byte[] head(byte[] address, int bits) {
    byte[] head = new byte[address.length];
    for (int at = 0; at < address.length; at++) {
      int own = Math.clamp(bits - at * 8L, 0, 8);
      head[at] = (byte) (address[at] & (0xFF00 >> own));
    }
    return head;
  }

  /** A port number that exists. */
  static int port(String digits) {
    int port = Integer.parseInt(digits);
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("has a port outside 1 to " + MAX_PORT);
    }
    return port;
  }

  /** How one is written; an IPv6 network also without brackets where no port follows. */
  final class Forms {
    private static final String END = "(:(?<port>[0-9]{1,5}))?";
    private static final String BITS = "(/(?<bits>[0-9]{1,3}))";
    private static final List<Pattern> ALL =
        List.of(
            Pattern.compile("(?<host>[A-Za-z0-9._-]+)" + BITS + "?" + END),
            Pattern.compile("\\[(?<host>[0-9A-Fa-f:.]+)" + BITS + "?]" + END),
            Pattern.compile("(?<host>[0-9A-Fa-f:.]+)" + BITS + "(?<port>(?!))?"));

    private Forms() {}
  }
}
