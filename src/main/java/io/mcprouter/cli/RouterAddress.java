package io.mcprouter.cli;

import io.mcprouter.protocol.Frame;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which running router a command talks to, and as whom. */
final class RouterAddress {
  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8090/mcp",
      converter = HttpUrl.class,
      description = "The MCP endpoint of the router (default: ${DEFAULT-VALUE}).")
  private URI url = URI.create("http://127.0.0.1:8090/mcp");

  @Option(
      names = "--user",
      paramLabel = "ID",
      description = "Who calls, sent as X-MCP-User-Id (default: the router's local user).")
  private @Nullable String user;

  RouterClient connect(Consumer<Frame> notifications) throws CommandFailure {
    return RouterClient.connect(url, user, notifications);
  }

  /** Takes the address of an endpoint, and says what one looks like. */
  private static final class HttpUrl implements ITypeConverter<URI> {
    @Override
    public URI convert(String text) {
      try {
        URI url = new URI(text);
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (http && url.getHost() != null) {
          return url;
        }
      } catch (URISyntaxException e) {
        throw wrong(text);
      }
      throw wrong(text);
    }

    private static TypeConversionException wrong(String text) {
      return new TypeConversionException(
          "'" + text + "' is no URL such as http://127.0.0.1:8090/mcp");
    }
  }
}
