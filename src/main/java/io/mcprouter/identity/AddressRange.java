package io.mcprouter.identity;

import java.net.InetAddress;

/**
 * Addresses that share their first bits, such as {@code 10.0.0.0/8}; a single one without a slash.
 */
public record AddressRange(InetAddress network, int bits) {
  /**
   * Reads a range.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    InetAddress network = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
    int all = network.getAddress().length * Byte.SIZE;
    int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
    if (bits < 0 || bits > all) {
      throw new IllegalArgumentException("'" + text + "' has more bits than an address");
    }
    return new AddressRange(network, bits);
  }

  /** Whether a literal address lies in the range. */
  public boolean contains(String literal) {
    byte[] mine = network.getAddress();
    byte[] other;
    try {
      int zone = literal.indexOf('%');
      other = InetAddress.ofLiteral(zone < 0 ? literal : literal.substring(0, zone)).getAddress();
    } catch (IllegalArgumentException noAddress) {
      return false;
    }
    if (mine.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      if (((mine[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
