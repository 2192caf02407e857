package io.mcprouter.wiring;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Refuses settings with a <code>${NAME}</code> that nothing stands behind. Spring takes such a text
 * as it is, and a secret that everybody can read in the documentation would be one.
 */
final class UnsetVariables implements EnvironmentPostProcessor, Ordered {
  private static final String OWN = "mcp-router.";
  private static final Pattern UNSET = Pattern.compile("\\$\\{([^}:]+)");

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    Map<String, Object> settings = new HashMap<>();
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (source instanceof EnumerablePropertySource<?> known) {
        Stream.of(known.getPropertyNames())
            .filter(name -> name.startsWith(OWN))
            .forEach(name -> settings.putIfAbsent(name, known.getProperty(name)));
      }
    }
    settings.forEach((name, value) -> check(environment, name, String.valueOf(value)));
  }

  private static void check(ConfigurableEnvironment environment, String name, String value) {
    Matcher unset = UNSET.matcher(environment.resolvePlaceholders(value));
    if (unset.find()) {
      throw CannotStartException.wrongSetting(
          name.substring(OWN.length()),
          "takes the variable " + unset.group(1) + ", which is not set: set it");
    }
  }

  /** Behind all that reads settings. */
  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }
}
