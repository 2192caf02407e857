package io.mcprouter.wiring;

import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import io.mcprouter.identity.JsonFetch;
import io.mcprouter.oauth.GuardedSender;
import io.mcprouter.oauth.GuardedSenderException;
import java.io.IOException;
import java.net.URI;

/** Fetches what issuers publish. Their addresses are the administrator's own. */
record IssuerFetch(GuardedSender sender) implements JsonFetch {
  @Override
  public String get(URI uri) throws IOException {
    try {
      ReadOnlyHTTPResponse answer = sender.get(uri);
      if (answer.getStatusCode() != 200) {
        throw new IOException(uri.getHost() + " answered HTTP " + answer.getStatusCode());
      }
      return answer.getBody();
    } catch (GuardedSenderException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
