package io.mcprouter.routing.placeholder;

/**
 * Where a text stands, for errors.
 *
 * @param server the server's name
 * @param path the keys below it, such as {@code headers.Authorization}
 */
public record Place(String server, String path) {
  @Override
  public String toString() {
    return server + "." + path;
  }
}
