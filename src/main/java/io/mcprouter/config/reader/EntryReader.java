package io.mcprouter.config.reader;

import io.mcprouter.config.ApiKey;
import io.mcprouter.config.Authorization;
import io.mcprouter.config.Endpoint;
import io.mcprouter.config.Environment;
import io.mcprouter.config.Presentation;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.ServerInstructions;
import io.mcprouter.config.Timeouts;
import io.mcprouter.config.UserVariable;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one entry under {@code mcpServers}. */
final class EntryReader {
  /** What Node's timers can wait, and so the longest that LibreChat's file can mean. */
  static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

  /** A wait as short as this was most likely meant in seconds. */
  private static final Duration SUSPICIOUS = Duration.ofMillis(100);

  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):.*");
  private static final List<String> ICON_SCHEMES = List.of("http", "https", "data");
  private static final int MAX_ICON = 256 * 1024;

  private final String name;
  private final Position at;
  private final Fields entry;
  private final Environment environment;

  EntryReader(String name, Position at, Fields entry, Environment environment) {
    this.name = name;
    this.at = at;
    this.entry = entry;
    this.environment = environment;
  }

  /** Whether a desktop client has switched the entry off. */
  boolean isDisabled() {
    return entry.flag("disabled", false);
  }

  /** The definition; null where it has no endpoint. It is of use only if no error was noted. */
  @Nullable ServerDefinition read() {
    Map<String, UserVariable> variables = UserVariablesReader.read(entry);
    Templates templates = new Templates(entry.faults(), environment, declared(variables));
    Endpoint endpoint = new EndpointReader(entry, templates).read();
    Presentation presentation = presentation();
    boolean startup = entry.flag("startup", true);
    Timeouts timeouts = timeouts();
    ServerInstructions instructions = instructions();
    Authorization authorization = new AuthorizationReader(entry, templates).read();
    var router = RouterOptionsReader.read(entry, templates, timeouts);
    return endpoint == null
        ? null
        : new ServerDefinition(
            name,
            entry.faults().location(at),
            endpoint,
            presentation,
            startup,
            timeouts,
            instructions,
            variables,
            authorization,
            router);
  }

  /** A key that each user gives for themselves is a variable too. */
  private Set<String> declared(Map<String, UserVariable> variables) {
    Set<String> names = new HashSet<>(variables.keySet());
    if (entry.has("apiKey")) {
      names.add(ApiKey.USER_VARIABLE);
    }
    return names;
  }

  private Presentation presentation() {
    return new Presentation(
        entry.text("title"), entry.text("description"), icon(), entry.flag("chatMenu", true));
  }

  private @Nullable String icon() {
    String icon = entry.text("iconPath");
    if (icon == null) {
      return null;
    }
    Matcher scheme = SCHEME.matcher(icon);
    if (scheme.matches() && !ICON_SCHEMES.contains(scheme.group(1).toLowerCase(Locale.ROOT))) {
      entry.error(
          "iconPath", "must be a path, or a URL that starts with http://, https:// or data:");
    }
    if (icon.length() > MAX_ICON) {
      entry.error("iconPath", "is longer than 256 KiB; link to the image instead");
    }
    return icon;
  }

  private Timeouts timeouts() {
    return new Timeouts(
        timeout("timeout", Timeouts.DEFAULT.timeout()),
        timeout("initTimeout", Timeouts.DEFAULT.initTimeout()),
        timeout("sseReadTimeout", Timeouts.DEFAULT.sseReadTimeout()));
  }

  private Duration timeout(String key, Duration otherwise) {
    Duration timeout = entry.milliseconds(key, otherwise, LONGEST);
    if (timeout.compareTo(SUSPICIOUS) <= 0) {
      entry.warning(
          key,
          "is "
              + timeout.toMillis()
              + " ms, which hardly a server keeps; the unit is milliseconds");
    }
    return timeout;
  }

  private ServerInstructions instructions() {
    Yaml value = entry.value("serverInstructions");
    if (value == null) {
      return ServerInstructions.Choice.ABSENT;
    }
    if (value instanceof Yaml.Scalar scalar && scalar.type() == Yaml.Type.BOOLEAN) {
      return Fields.isTrue(scalar)
          ? ServerInstructions.Choice.FROM_SERVER
          : ServerInstructions.Choice.OFF;
    }
    if (value instanceof Yaml.Scalar scalar && scalar.type() == Yaml.Type.TEXT) {
      return instructions(scalar.text());
    }
    entry.error("serverInstructions", "must be true, false or text, but is " + value.kind());
    return ServerInstructions.Choice.ABSENT;
  }

  private static ServerInstructions instructions(String text) {
    if (text.equalsIgnoreCase("true")) {
      return ServerInstructions.Choice.FROM_SERVER;
    }
    return text.isBlank() ? ServerInstructions.Choice.OFF : new ServerInstructions.Text(text);
  }
}
