package io.mcprouter.catalog;

/** The answer to a list request. */
public sealed interface Page {
  /** A page of the list. */
  final class Result implements Page {
    private final byte[] json;

    Result(byte[] json) {
      this.json = json;
    }

    /** The JSON of the result object; not to be changed. */
    public byte[] json() {
      return json;
    }
  }

  /** The cursor is none that the catalog gave out: error -32602. */
  record InvalidCursor() implements Page {}
}
