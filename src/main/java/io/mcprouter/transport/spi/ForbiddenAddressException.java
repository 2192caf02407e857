package io.mcprouter.transport.spi;

import java.io.IOException;

/** The {@link AddressPolicy} refuses a destination. The message names host and port. */
public final class ForbiddenAddressException extends IOException {
  private static final long serialVersionUID = 1L;

  ForbiddenAddressException(Destination destination, String why) {
    super(destination.hostAndPort() + " " + why);
  }
}
