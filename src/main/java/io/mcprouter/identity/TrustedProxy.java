package io.mcprouter.identity;

import io.mcprouter.protocol.Caller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program in front of the router that has authenticated its users, such as LibreChat, and names
 * them in headers. It proves itself in every request, by a shared secret or its certificate, and
 * only from listed addresses; without that proof the headers mean nothing.
 *
 * @param secret what the secret's header must hold, null where the certificate proves the proxy
 * @param secretHeader the header with the secret
 * @param certificateSubject the subject of the proxy's certificate, null where the secret proves it
 * @param addresses from where the proxy connects
 */
public record TrustedProxy(
    @Nullable String secret,
    String secretHeader,
    @Nullable String certificateSubject,
    List<AddressRange> addresses,
    UserHeaders headers) {
  public TrustedProxy {
    addresses = List.copyOf(addresses);
    if (secret == null && certificateSubject == null) {
      throw new IllegalArgumentException("a proxy proves itself by a secret or a certificate");
    }
  }

  /** Whether the request claims to come from the proxy. */
  boolean isClaimedBy(CallerRequest request) {
    return secret != null
        ? !request.headers(secretHeader).isEmpty()
        : certificateSubject != null && certificateSubject.equals(request.certificateSubject());
  }

  /** The user for whom the proxy asks. */
  Caller caller(CallerRequest request) throws Callers.Refused {
    boolean known = addresses.stream().anyMatch(range -> range.contains(request.peer()));
    if (!known || !isProven(request)) {
      throw new Callers.Refused(
          Callers.Reason.INVALID,
          "The proxy's secret is wrong, or this address is none of the proxy's"
              + " (mcp-router.authentication.proxy).");
    }
    return headers.read(request, Caller.Source.PROXY);
  }

  private boolean isProven(CallerRequest request) throws Callers.Refused {
    if (secret == null) {
      return true; // it is claimed by the certificate alone
    }
    String presented = request.header(secretHeader);
    return presented != null
        && MessageDigest.isEqual(
            presented.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8))
        && (certificateSubject == null || certificateSubject.equals(request.certificateSubject()));
  }

  @Override
  public String toString() {
    return "TrustedProxy[hidden]";
  }
}
