package io.mcprouter.transport.spi;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where connections may go: the one decision for every outbound connection of a server, its
 * authorization and its redirects. A destination is judged by what it is called, and, where that
 * does not decide, by each address that its name leads to; the connection is made to an address
 * that was judged, never to the name (DNS rebinding).
 *
 * <p>Behind a proxy the proxy looks names up, so that only {@link #judge} can be asked.
 */
public interface AddressPolicy {
  /** Every destination: for addresses that the author of a route wrote. */
  AddressPolicy OPEN =
      new AddressPolicy() {
        @Override
        public Ruling judge(Destination destination) {
          return Ruling.ALLOWED;
        }

        @Override
        public @Nullable String refusal(Destination destination, InetAddress address) {
          return null;
        }
      };

  /** What is decided before a name is looked up. */
  sealed interface Ruling {
    Ruling ALLOWED = new Allowed(false);
    Ruling BY_ADDRESS = new ByAddress();

    /**
     * Allowed, whatever address it has.
     *
     * @param isPrivate whether only because the administrator wrote a private address as it is,
     *     which is worth a notice
     */
    record Allowed(boolean isPrivate) implements Ruling {}

    /** Refused; {@code why} tells the administrator what to do, behind the host's name. */
    record Refused(String why) implements Ruling {}

    /** A name, to be looked up and judged by each of its addresses. */
    record ByAddress() implements Ruling {}
  }

  /** The policy for one server; each server must always get the same object. */
  default AddressPolicy forServer(String server) {
    return this;
  }

  /** Judges by scheme, host and port alone. Never blocks. */
  Ruling judge(Destination destination);

  /**
   * Why an address that the destination's name leads to is refused, as in {@link Ruling.Refused};
   * null where it may be connected to. Never blocks.
   */
  @Nullable String refusal(Destination destination, InetAddress address);

  /** Looks a name up; blocks. */
  default List<InetAddress> lookUp(String host) throws UnknownHostException {
    return List.of(InetAddress.getAllByName(host));
  }

  /** The addresses of a destination, all of them allowed; blocks. */
  default List<InetAddress> addresses(Destination destination)
      throws UnknownHostException, ForbiddenAddressException {
    Ruling ruling = judge(destination);
    if (ruling instanceof Ruling.Refused refused) {
      throw new ForbiddenAddressException(destination, refused.why());
    }
    InetAddress literal = destination.literal();
    List<InetAddress> found = literal == null ? lookUp(destination.host()) : List.of(literal);
    if (ruling instanceof Ruling.ByAddress) {
      for (InetAddress address : found) {
        String why = refusal(destination, address);
        if (why != null) {
          throw new ForbiddenAddressException(destination, why);
        }
      }
    }
    return found;
  }
}
