package io.mcprouter.cli;

import io.mcprouter.catalog.PublicName;
import io.mcprouter.config.Endpoint;
import io.mcprouter.config.Environment;
import io.mcprouter.config.NamePattern;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.ServerInstructions;
import io.mcprouter.config.ServerSet;
import io.mcprouter.config.Stderr;
import io.mcprouter.config.ToolSelection;
import io.mcprouter.config.Toolset;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What an entry means: its settings with every default in its place, and no secret. */
final class Explanation {
  private static final String EXAMPLE_TOOL = "tool";

  private final ServerDefinition definition;
  private final ServerSet servers;
  private final EntryTexts texts;
  private final Masked masked;

  Explanation(ServerDefinition definition, ServerSet servers) {
    this.definition = definition;
    this.servers = servers;
    this.texts = new EntryTexts(definition);
    this.masked = new Masked(texts);
  }

  Map<String, Object> entries() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("server", definition.name());
    all.put("place", definition.location().toString());
    all.put("title", definition.title());
    if (definition.presentation().description() != null) {
      all.put("description", definition.presentation().description());
    }
    all.put("transport", definition.transport().text());
    all.putAll(endpoint());
    all.put("placeholders", placeholders());
    all.put("startup", startup());
    all.put("sessions", sessions());
    all.put("timeouts", timeouts());
    all.put("serverInstructions", instructions());
    all.put("tools", tools());
    all.put("endpoints", endpoints());
    return all;
  }

  private Map<String, Object> endpoint() {
    Map<String, Object> all = new LinkedHashMap<>();
    switch (definition.endpoint()) {
      case Endpoint.Stdio stdio -> {
        all.put("command", stdio.command());
        all.put("args", masked.arguments(stdio.args()));
        all.put("env", masked.secrets(stdio.env()));
        all.put("cwd", stdio.cwd() == null ? "the router's" : stdio.cwd());
        all.put("stderr", stderr(stdio.stderr()));
      }
      case Endpoint.Remote remote -> {
        all.put("url", masked.url(remote.url()));
        all.put("headers", masked.secrets(remote.headers()));
        if (remote.proxy() != null) {
          all.put("proxy", masked.url(remote.proxy()));
        }
      }
      case Endpoint.Routes none -> {}
    }
    return all;
  }

  private static Object stderr(Stderr stderr) {
    return switch (stderr) {
      case Stderr.Choice choice -> choice.name().toLowerCase(Locale.ROOT);
      case Stderr.Descriptor descriptor -> descriptor.number();
    };
  }

  private Map<String, Object> placeholders() {
    Map<String, Object> environment = new LinkedHashMap<>();
    texts
        .environment()
        .keySet()
        .forEach(
            name ->
                environment.put(
                    name, Environment.ofProcess().value(name) == null ? "not set" : "set"));
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("environment", environment);
    all.put("user", new ArrayList<>(texts.ofTheUser()));
    return all;
  }

  private boolean isPersonal() {
    return !texts.ofTheUser().isEmpty();
  }

  private String startup() {
    if (!definition.startup()) {
      return "connects when it is first called (startup: false)";
    }
    if (Boolean.TRUE.equals(definition.authorization().requiresOAuth())) {
      return "connects when a user first calls it: its user must log in (requiresOAuth)";
    }
    return isPersonal()
        ? "connects when a user first calls it: it needs something of them"
        : "connects when the router starts";
  }

  private String sessions() {
    return definition.router().shared()
        ? "one, which all users share (router.shared)"
        : "one for each user; router.shared would make it one for all";
  }

  private Map<String, Object> timeouts() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("timeout", millis(definition.timeouts().timeout()));
    all.put("initTimeout", millis(definition.timeouts().initTimeout()));
    all.put("sseReadTimeout", millis(definition.timeouts().sseReadTimeout()));
    all.put("router.maxTimeout", millis(definition.router().maxTimeout()));
    all.put("router.listWait", millis(definition.router().listWait()));
    return all;
  }

  private static String millis(Duration duration) {
    return duration.toMillis() + " ms";
  }

  private String instructions() {
    return switch (definition.instructions()) {
      case ServerInstructions.Text text -> "the entry's own text";
      case ServerInstructions.Choice.FROM_SERVER -> "the server's own";
      case ServerInstructions.Choice.OFF -> "none";
      case ServerInstructions.Choice.ABSENT -> "the server's own, on its own endpoint only";
    };
  }

  private Map<String, Object> tools() {
    ToolSelection selection = definition.router().tools();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("include", selection.include().isEmpty() ? "all" : texts(selection.include()));
    all.put("exclude", texts(selection.exclude()));
    all.put("rename", selection.rename());
    String example = PublicName.of(definition.name(), EXAMPLE_TOOL);
    all.put("name on /mcp of the tool '" + EXAMPLE_TOOL + "'", example);
    return all;
  }

  private static List<String> texts(List<NamePattern> patterns) {
    return patterns.stream().map(NamePattern::text).toList();
  }

  /** The path of a server's own endpoint. */
  static String endpoint(String server) {
    String name = URLEncoder.encode(server, StandardCharsets.UTF_8).replace("+", "%20");
    return "/servers/" + name + "/mcp";
  }

  private List<String> endpoints() {
    Stream<String> sets =
        Stream.concat(Stream.of(Toolset.CHAT), servers.toolsets().keySet().stream())
            .filter(
                set ->
                    servers
                        .toolset(set)
                        .filter(toolset -> toolset.servers().contains(definition.name()))
                        .isPresent())
            .map(set -> "/sets/" + set + "/mcp");
    return Stream.concat(Stream.of("/mcp", endpoint(definition.name())), sets).toList();
  }
}
