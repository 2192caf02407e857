package io.mcprouter.catalog;

import java.time.Duration;

/**
 * Bounds and times of the catalog.
 *
 * @param pageItems items on one page of a merged list; default 1,000, at least 1
 * @param pageBytes a page ends when it holds so many bytes; default 4 MiB
 * @param bounds what one list of one server may cost
 * @param freshness when lists are asked for again
 * @param maxUsers users whose own lists are kept; default 10,000, those longest unseen go first
 */
public record CatalogSettings(
    int pageItems, int pageBytes, ListBounds bounds, Freshness freshness, int maxUsers) {
  public static final CatalogSettings DEFAULT =
      new CatalogSettings(1_000, 4 << 20, ListBounds.DEFAULT, Freshness.DEFAULT, 10_000);

  /**
   * What one list of one server may cost. A list that goes over a bound is not taken, and the last
   * good one stays.
   *
   * @param pages pages that are asked for; default 50
   * @param items items on all pages; default 5,000
   * @param bytes size of all pages; default 5 MiB
   * @param time for all pages; default 30 s
   */
  public record ListBounds(int pages, int items, int bytes, Duration time) {
    public static final ListBounds DEFAULT =
        new ListBounds(50, 5_000, 5 << 20, Duration.ofSeconds(30));
  }

  /**
   * When lists are asked for again.
   *
   * @param ttl age from which a list is renewed when a client asks for it; default 5 min
   * @param interest how long after a client's last request a failed list is retried; default 5 min
   * @param firstRetry pause after the first failure, doubled with each further one; default 1 s
   * @param lastRetry the longest pause; default 1 min
   * @param debounce how long notices of change are gathered, from servers and for clients; default
   *     150 ms
   */
  public record Freshness(
      Duration ttl, Duration interest, Duration firstRetry, Duration lastRetry, Duration debounce) {
    public static final Freshness DEFAULT =
        new Freshness(
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofMillis(150));
  }
}
