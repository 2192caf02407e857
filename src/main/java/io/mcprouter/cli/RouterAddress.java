package io.mcprouter.cli;

import io.mcprouter.protocol.Frame;
import java.net.URI;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which running router a command talks to, and as whom. */
final class RouterAddress {
  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8090/mcp",
      description = "The MCP endpoint of the router (default: ${DEFAULT-VALUE}).")
  private URI url = URI.create("http://127.0.0.1:8090/mcp");

  @Option(
      names = "--user",
      paramLabel = "ID",
      description = "Who calls, sent as X-MCP-User-Id (default: the router's local user).")
  private @Nullable String user;

  RouterClient connect(Consumer<Frame> notifications) throws CommandFailure {
    if (!("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
        || url.getHost() == null) {
      throw new CommandFailure("--url: " + url + " is no http:// or https:// URL.");
    }
    return RouterClient.connect(url, user, notifications);
  }
}
