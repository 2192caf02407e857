package io.mcprouter.docs;

import java.nio.file.Path;

/**
 * A fenced block of a page.
 *
 * @param page the file
 * @param line where the block begins, counted from 1
 */
record Block(Path page, int line, String language, String text) {
  @Override
  public String toString() {
    return page + ":" + line;
  }
}
