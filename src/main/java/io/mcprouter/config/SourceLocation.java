package io.mcprouter.config;

/**
 * A place in a configuration file.
 *
 * @param file the file's name as it was given to the reader
 * @param line counted from 1
 * @param column counted from 1
 */
public record SourceLocation(String file, int line, int column) {
  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
