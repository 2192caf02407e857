package io.mcprouter.integration.server;

/** What MIME types say. */
public final class Mime {
  private Mime() {}

  /** Whether content of this type is text. */
  public static boolean isText(String type) {
    return type.startsWith("text/") || type.matches("application/([a-z.+-]*\\+)?(json|xml|yaml).*");
  }
}
