package io.mcprouter.catalog;

import io.mcprouter.config.ServerInstructions;
import io.mcprouter.protocol.Caller;
import io.mcprouter.routing.RunningServer;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The {@code instructions} of a view: those of its servers, as each entry's choice has it. */
final class Instructions {
  /** What one server may say where servers are merged. */
  static final int MAX_SERVER_BYTES = 4 << 10;

  /** What all servers of a view may say together. */
  static final int MAX_BYTES = 64 << 10;

  private final ServerInstructionsSource source;

  Instructions(ServerInstructionsSource source) {
    this.source = source;
  }

  /** On the view of one server, where an absent choice means the server's own. */
  @Nullable String ofOne(RunningServer server, Caller caller) {
    ServerInstructions choice = server.definition().instructions();
    return choice == ServerInstructions.Choice.ABSENT
        ? source.of(server.name(), caller)
        : chosen(server, caller);
  }

  /**
   * Where servers are merged: a section for each server that has something to say.
   *
   * @param visible whether the caller can see tools of a server
   */
  @Nullable String merged(ShownServers shown, Caller caller, Predicate<ShownServer> visible) {
    StringBuilder merged = new StringBuilder();
    int left = MAX_BYTES;
    for (ShownServer server : shown.servers()) {
      String text = visible.test(server) ? chosen(server.running(), caller) : null;
      if (text == null || text.isBlank()) {
        continue;
      }
      String section = section(server.running(), text);
      left -= section.getBytes(StandardCharsets.UTF_8).length;
      if (left < 0) {
        merged.append("\n\n[Further servers' instructions are left out.]");
        break;
      }
      merged.append(merged.isEmpty() ? "" : "\n\n").append(section);
    }
    return merged.isEmpty() ? null : merged.toString();
  }

  private @Nullable String chosen(RunningServer server, Caller caller) {
    return switch (server.definition().instructions()) {
      case ServerInstructions.Text(String text) -> text;
      case ServerInstructions.Choice choice ->
          choice == ServerInstructions.Choice.FROM_SERVER ? source.of(server.name(), caller) : null;
    };
  }

  private static String section(RunningServer server, String text) {
    String title = server.definition().title();
    return "## " + title + " (" + server.shownName() + ")\n\n" + cut(text.strip());
  }

  private static String cut(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= MAX_SERVER_BYTES) {
      return text;
    }
    int end = MAX_SERVER_BYTES;
    while ((bytes[end] & 0xc0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8)
        + "\n[Cut: this server's instructions are longer than "
        + MAX_SERVER_BYTES
        + " bytes.]";
  }
}
