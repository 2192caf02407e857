package io.mcprouter.identity;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What of a request tells who makes it. */
public interface CallerRequest {
  /** All values of a header; empty where it is missing. */
  List<String> headers(String name);

  /** The address of the peer that sent the request, as a literal; empty where it is not known. */
  String peer();

  /** The URL of what is asked for, as its metadata names it (RFC 9728 §2). */
  String resource();

  /** The subject of the peer's verified certificate, null for none. */
  @Nullable String certificateSubject();

  /**
   * The value of a header that may stand once.
   *
   * @throws Callers.Refused when it stands twice: two readers could take different ones
   */
  default @Nullable String header(String name) throws Callers.Refused {
    List<String> values = headers(name);
    if (values.size() > 1) {
      throw new Callers.Refused(
          Callers.Reason.MALFORMED, "The header " + name + " stands more than once.");
    }
    return values.isEmpty() ? null : values.getFirst();
  }

  /** A request of this program itself, with headers alone. */
  static CallerRequest local(Map<String, String> headers) {
    return new CallerRequest() {
      @Override
      public List<String> headers(String name) {
        String value = headers.get(name);
        return value == null ? List.of() : List.of(value);
      }

      @Override
      public String peer() {
        return "";
      }

      @Override
      public String resource() {
        return "";
      }

      @Override
      public @Nullable String certificateSubject() {
        return null;
      }
    };
  }
}
