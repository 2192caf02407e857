package io.mcprouter.routing.placeholder;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The kinds of places that a value can stand in, each with its own rules. */
public enum Kind {
  /**
   * The value of a header. Control characters but the tab are refused. A value with a character
   * beyond Latin-1 is written as {@code b64:} and the Base64 of its UTF-8, as LibreChat does for
   * names and addresses; here it holds for every value, because none can be sent otherwise.
   */
  HEADER {
    @Override
    Optional<String> problem(String value) {
      return controlCharacter(value, "\t");
    }

    @Override
    String written(String value) {
      return isLatin1(value) ? value : base64(value);
    }

    @Override
    String writtenByAdministrator(String value) {
      return written(value);
    }
  },

  /**
   * Part of a URL after its host. All but letters, digits and {@code -._~} is percent-encoded, so a
   * value stays within its path segment, query value or fragment.
   */
  URL {
    @Override
    Optional<String> problem(String value) {
      return controlCharacter(value, "");
    }

    @Override
    String written(String value) {
      return PercentEncoding.encode(value);
    }
  },

  /**
   * The value of a child's environment variable. Line breaks and tabs are allowed, since keys in
   * PEM form have them; no other control character is.
   */
  ENV {
    @Override
    Optional<String> problem(String value) {
      return controlCharacter(value, "\t\r\n");
    }
  },

  /**
   * An argument of a child. A user's value cannot make it an option: an argument that begins with a
   * value must not begin with {@code -}, and a user's variable is an argument of its own.
   */
  ARG {
    @Override
    Optional<String> problem(String value) {
      return controlCharacter(value, "");
    }
  },

  /** Text without an encoding of its own, such as a client id. */
  PLAIN {
    @Override
    Optional<String> problem(String value) {
      return controlCharacter(value, "");
    }
  };

  private static final String BASE64 = "b64:";
  private static final Optional<String> CONTROL_CHARACTER =
      Optional.of("holds a line break or another control character");

  /** Why a value cannot stand here, without the value. */
  abstract Optional<String> problem(String value);

  /** A user's value as it is written here. */
  String written(String value) {
    return value;
  }

  /** The value of the administrator's variable as it is written here. */
  String writtenByAdministrator(String value) {
    return value;
  }

  /** Runs with every call, so it looks at the characters without further ado. */
  private static Optional<String> controlCharacter(String value, String allowed) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' || c == 0x7f) && allowed.indexOf(c) < 0) {
        return CONTROL_CHARACTER;
      }
    }
    return Optional.empty();
  }

  private static boolean isLatin1(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) > 0xff) {
        return false;
      }
    }
    return true;
  }

  private static String base64(String value) {
    return BASE64 + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
  }
}
