package io.mcprouter.config.reader;

/** A line and a column, both counted from 1. */
public record Position(int line, int column) {
  public static final Position START = new Position(1, 1);
}
