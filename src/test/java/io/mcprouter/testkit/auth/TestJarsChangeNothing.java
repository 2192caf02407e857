package io.mcprouter.testkit.auth;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;

/**
 * Keeps the authorization server's jars from configuring the router under test: what is not on the
 * router's own class path must not protect, or open, anything of it.
 */
public final class TestJarsChangeNothing implements AutoConfigurationImportFilter {
  private static final String BOOT = "org.springframework.boot.autoconfigure.security.";

  @Override
  public boolean[] match(@Nullable String[] classes, AutoConfigurationMetadata metadata) {
    boolean[] stays = new boolean[classes.length];
    for (int index = 0; index < classes.length; index++) {
      String name = classes[index];
      stays[index] = name == null || !isFromTests(name);
    }
    return stays;
  }

  private static boolean isFromTests(String name) {
    return name.startsWith(BOOT + "oauth2.");
  }
}
