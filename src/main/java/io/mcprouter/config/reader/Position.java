package io.mcprouter.config.reader;

/** A line and a column, both counted from 1. */
record Position(int line, int column) {
  static final Position START = new Position(1, 1);
}
