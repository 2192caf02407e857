package io.mcprouter.catalog;

import io.mcprouter.config.AccessRules;
import io.mcprouter.config.Authorization;
import io.mcprouter.config.Endpoint;
import io.mcprouter.config.NamePattern;
import io.mcprouter.config.OAuthOptions;
import io.mcprouter.config.Presentation;
import io.mcprouter.config.RouterOptions;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.ServerInstructions;
import io.mcprouter.config.SourceLocation;
import io.mcprouter.config.Stderr;
import io.mcprouter.config.Timeouts;
import io.mcprouter.config.ToolSelection;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An entry of {@code mcpServers} as a test wants it. */
final class Entry {
  final String name;
  boolean personal;
  private boolean shared;
  private boolean startup = true;
  private @Nullable String title;
  private @Nullable String icon;
  private boolean chatMenu = true;
  private Duration listWait = Duration.ofSeconds(20);
  private ServerInstructions instructions = ServerInstructions.Choice.ABSENT;
  private ToolSelection tools = ToolSelection.ALL;

  Entry(String name) {
    this.name = name;
  }

  Entry personal() {
    personal = true;
    return this;
  }

  Entry shared() {
    shared = true;
    return this;
  }

  Entry lazy() {
    startup = false;
    return this;
  }

  Entry titled(String text) {
    title = text;
    return this;
  }

  Entry icon(String path) {
    icon = path;
    return this;
  }

  Entry outsideChat() {
    chatMenu = false;
    return this;
  }

  Entry listWait(Duration wait) {
    listWait = wait;
    return this;
  }

  Entry instructions(ServerInstructions choice) {
    instructions = choice;
    return this;
  }

  Entry include(String... patterns) {
    tools = new ToolSelection(patterns(patterns), tools.exclude(), tools.rename());
    return this;
  }

  Entry exclude(String... patterns) {
    tools = new ToolSelection(tools.include(), patterns(patterns), tools.rename());
    return this;
  }

  Entry rename(Map<String, String> names) {
    tools = new ToolSelection(tools.include(), tools.exclude(), names);
    return this;
  }

  static List<NamePattern> patterns(String... patterns) {
    return Arrays.stream(patterns).map(NamePattern::new).toList();
  }

  ServerDefinition definition() {
    return new ServerDefinition(
        name,
        new SourceLocation("mcp-servers.yaml", 1, 1),
        new Endpoint.Stdio("server", List.of(), Map.of(), null, Stderr.Choice.INHERIT),
        new Presentation(title, null, icon, chatMenu),
        startup,
        Timeouts.DEFAULT,
        instructions,
        Map.of(),
        Authorization.NONE,
        new RouterOptions(
            shared,
            RouterOptions.DEFAULT_TEMPLATES,
            listWait,
            Duration.ofMinutes(5),
            tools,
            AccessRules.OPEN,
            OAuthOptions.NONE));
  }
}
