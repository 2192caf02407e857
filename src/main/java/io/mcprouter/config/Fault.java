package io.mcprouter.config;

/**
 * Something wrong in a configuration file. It holds names of keys, variables and servers, never the
 * value of a header, an argument or an environment variable.
 *
 * @param path where in the file: the server's name and the keys below it, such as {@code
 *     github.headers.Authorization}
 * @param message what is wrong, and the nearest right thing
 */
public record Fault(Severity severity, SourceLocation location, String path, String message) {
  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** {@code FILE:LINE:COLUMN: server.path: what is wrong, and the nearest right thing}. */
  @Override
  public String toString() {
    return location + ": " + path + ": " + message;
  }
}
