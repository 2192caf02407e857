package io.mcprouter.credential;

/** The databases that the store knows. */
public enum Vendor {
  H2,
  POSTGRESQL;

  static Vendor ofUrl(String url) {
    if (url.startsWith("jdbc:postgresql:")) {
      return POSTGRESQL;
    }
    if (url.startsWith("jdbc:h2:")) {
      return H2;
    }
    throw new StoreException(
        "mcp-router.store.url is no URL of a database that the router can use.",
        "Write jdbc:postgresql://HOST:PORT/DATABASE, or leave it out for a file in the data"
            + " directory.");
  }
}
