package io.mcprouter.console;

import io.mcprouter.identity.OpenIdLogin;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The issuers at which users can prove themselves in a browser, by their configured names. */
public record UserLogins(Map<String, OpenIdLogin> issuers) {
  public UserLogins {
    issuers = new LinkedHashMap<>(issuers);
  }

  Set<String> names() {
    return issuers.keySet();
  }

  @Nullable OpenIdLogin find(String name) {
    return issuers.get(name);
  }
}
