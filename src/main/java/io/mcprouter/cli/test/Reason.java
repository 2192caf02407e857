package io.mcprouter.cli.test;

/** Why something failed, in words. */
public final class Reason {
  private Reason() {}

  /** The message, and that of the innermost cause where it says more. */
  public static String of(Throwable thrown) {
    Throwable innermost = thrown;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    String said = text(thrown);
    String cause = text(innermost);
    return said.contains(cause) ? said : said + ": " + cause;
  }

  private static String text(Throwable thrown) {
    return thrown.getMessage() == null ? thrown.getClass().getName() : thrown.getMessage();
  }
}
