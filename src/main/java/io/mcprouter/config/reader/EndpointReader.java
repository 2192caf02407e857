package io.mcprouter.config.reader;

import io.mcprouter.config.Endpoint;
import io.mcprouter.config.NearestName;
import io.mcprouter.config.Stderr;
import io.mcprouter.config.Transport;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads where a server is. */
final class EndpointReader {
  /** Not {@code https}, which LibreChat takes: the HTTP client speaks no TLS to a proxy. */
  private static final List<String> PROXY_SCHEMES = List.of("http", "socks", "socks5");

  private static final int HIGHEST_DESCRIPTOR = 1 << 20;
  private static final Map<String, Stderr> STDERR =
      Map.of(
          "inherit", Stderr.Choice.INHERIT,
          "pipe", Stderr.Choice.PIPE,
          "ignore", Stderr.Choice.IGNORE);

  private final Fields entry;
  private final Templates templates;
  private final UrlCheck urls;

  EndpointReader(Fields entry, Templates templates) {
    this.entry = entry;
    this.templates = templates;
    this.urls = new UrlCheck(templates, entry.faults());
  }

  /** The endpoint; null where it cannot be told. */
  @Nullable Endpoint read() {
    refuseUnsupported();
    Transport transport = new TypeReader(entry, urls).read();
    if (transport == null) {
      return null;
    }
    boolean child = transport == Transport.STDIO;
    warnOfForeignKeys(child ? KnownKeys.REMOTE : KnownKeys.STDIO, transport);
    return child ? stdio() : remote(transport);
  }

  private void refuseUnsupported() {
    String key = "requestHeaders";
    if (entry.has(key)) {
      entry.error(
          key, "is not supported yet, and this server would not work without it; remove it");
    }
  }

  private void warnOfForeignKeys(Set<String> foreign, Transport transport) {
    for (String key : foreign) {
      if (entry.has(key)) {
        entry.warning(key, "has no effect on a server of type " + transport + "; remove it");
      }
    }
  }

  private @Nullable Endpoint stdio() {
    String command = entry.requiredText("command");
    ProcessCheck process = new ProcessCheck(templates, entry.faults());
    List<Fields.Item> args = entry.texts("args");
    List<String> arguments = process.arguments(args == null ? List.of() : args);
    Map<String, String> env = process.environment(entry.textMap("env"));
    String cwd = literal("cwd");
    Stderr stderr = stderr();
    if (command == null) {
      return null;
    }
    templates.checkLiteral(entry.at("command"), entry.path("command"), command);
    warnOfApiKey();
    return new Endpoint.Stdio(command, arguments, env, cwd, stderr);
  }

  /** Its variable may stand in {@code env} all the same, so it is not told to be removed. */
  private void warnOfApiKey() {
    if (entry.has("apiKey")) {
      entry.warning(
          "apiKey", "sets a header, which a server of type stdio has not; give its key in 'env'");
    }
  }

  private @Nullable Endpoint remote(Transport transport) {
    String url = entry.requiredText("url");
    Map<String, String> headers =
        new HeaderCheck(templates, entry.faults()).check(entry.textMap("headers"));
    String proxy = proxy();
    if (url == null) {
      return null;
    }
    urls.check(new Fields.Item(entry.path("url"), entry.valueAt("url"), url), transport.schemes());
    return new Endpoint.Remote(transport, url, headers, proxy);
  }

  private @Nullable String literal(String key) {
    String text = entry.text(key);
    if (text != null) {
      templates.checkLiteral(entry.at(key), entry.path(key), text);
    }
    return text;
  }

  private @Nullable String proxy() {
    String proxy = entry.text("proxy");
    if (proxy != null) {
      Fields.Item item = new Fields.Item(entry.path("proxy"), entry.valueAt("proxy"), proxy);
      templates.checkEnvironmentOnly(item);
      urls.checkProxy(item, PROXY_SCHEMES);
    }
    return proxy;
  }

  private Stderr stderr() {
    Yaml value = entry.value("stderr");
    if (value == null) {
      return Stderr.Choice.INHERIT;
    }
    if (value instanceof Yaml.Scalar scalar && scalar.type() == Yaml.Type.TEXT) {
      return stderr(scalar.text());
    }
    Long number =
        entry.wholeNumber(
            value, "stderr", "inherit, pipe, ignore or the number of a file descriptor");
    if (number == null) {
      return Stderr.Choice.INHERIT;
    }
    String problem = descriptorProblem(number);
    if (problem != null) {
      entry.error("stderr", problem + "; 2 is the router's own standard error");
      return Stderr.Choice.INHERIT;
    }
    return new Stderr.Descriptor(number.intValue());
  }

  private static @Nullable String descriptorProblem(long number) {
    if (number == 0) {
      return "is the router's standard input, to which nothing can be written";
    }
    return number < 0 || number > HIGHEST_DESCRIPTOR ? "is no file descriptor" : null;
  }

  private Stderr stderr(String text) {
    Stderr choice = STDERR.get(text);
    if (choice != null) {
      return choice;
    }
    String nearest =
        NearestName.of(text, STDERR.keySet())
            .map(name -> "did you mean '" + name + "'?")
            .orElse("write inherit, pipe, ignore or the number of a file descriptor");
    entry.error("stderr", "is no way to handle standard error; " + nearest);
    return Stderr.Choice.INHERIT;
  }
}
