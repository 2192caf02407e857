package io.mcprouter.identity;

import io.mcprouter.protocol.Caller;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes a caller of a request. */
@FunctionalInterface
public interface Callers {
  /**
   * The caller of a request.
   *
   * @param header gives the value of a header, or null
   * @throws Refused when the request proves nobody, saying why; it never becomes an anonymous
   *     caller
   */
  Caller identify(Function<String, @Nullable String> header) throws Refused;

  /** A request whose caller is not known. */
  final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    public Refused(String message) {
      super(message, null, false, false);
    }
  }
}
