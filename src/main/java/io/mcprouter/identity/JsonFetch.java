package io.mcprouter.identity;

import java.io.IOException;
import java.net.URI;

/** Fetches JSON from an issuer, within limits of time and size and without following redirects. */
@FunctionalInterface
public interface JsonFetch {
  /** The body of a successful answer. */
  String get(URI uri) throws IOException;
}
