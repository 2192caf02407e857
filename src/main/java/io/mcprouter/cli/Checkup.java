package io.mcprouter.cli;

import io.mcprouter.config.Endpoint;
import io.mcprouter.config.Environment;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.routing.CompiledTargets;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.ProcessTarget;
import io.mcprouter.transport.spi.RemoteTarget;
import io.mcprouter.transport.stdio.StdioComponent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks for what a server needs, without starting or asking it. */
final class Checkup {
  private static final int CONNECT_MILLIS = 5_000;

  private final ServerDefinition server;
  private final EntryTexts texts;
  private final Environment environment = Environment.ofProcess();
  private final List<Finding> findings = new ArrayList<>();

  private Checkup(ServerDefinition server) {
    this.server = server;
    this.texts = new EntryTexts(server);
  }

  static List<Finding> of(ServerDefinition server) {
    Checkup checkup = new Checkup(server);
    checkup.variables();
    switch (server.endpoint()) {
      case Endpoint.Stdio stdio -> checkup.program(stdio);
      case Endpoint.Remote remote -> checkup.host(remote);
      case Endpoint.Routes none -> {}
    }
    return checkup.findings;
  }

  private void variables() {
    texts
        .environment()
        .forEach(
            (name, places) -> {
              String value = environment.value(name);
              String what = "environment variable " + name + " for " + String.join(", ", places);
              findings.add(
                  value == null || value.isEmpty() ? Finding.missing(what) : Finding.good(what));
            });
  }

  private void program(Endpoint.Stdio stdio) {
    if (stdio.command().equals(CompiledTargets.SELF)) {
      findings.add(Finding.good("command " + stdio.command() + ": this program"));
      return;
    }
    Map<String, String> env = new LinkedHashMap<>();
    stdio
        .env()
        .forEach(
            (name, text) -> {
              String value = texts.expanded(text, environment);
              if (value != null) {
                env.put(name, value);
              }
            });
    Path cwd = stdio.cwd() == null ? null : Path.of(stdio.cwd());
    ProcessTarget target =
        new ProcessTarget(
            List.of(stdio.command()), env, cwd, new ProcessTarget.Stderr.Ignore(), "", false);
    try {
      Path program = StdioComponent.program(server.name(), target);
      findings.add(Finding.good("command " + stdio.command() + ": " + program));
    } catch (McpFailure failure) {
      findings.add(Finding.missing(String.valueOf(failure.getMessage())));
    }
  }

  private void host(Endpoint.Remote remote) {
    String url = texts.expanded(remote.url(), environment);
    if (url == null) {
      return;
    }
    if (remote.proxy() != null) {
      findings.add(Finding.good("reached through a proxy, so its host is not looked for here"));
      return;
    }
    String origin = url.replaceFirst("(?<=[^:/])[/?#].*", "");
    try {
      RemoteTarget target = new RemoteTarget(URI.create(origin), Map.of(), null, "", false);
      connect(target);
    } catch (IllegalArgumentException e) {
      findings.add(Finding.missing("a url with a host: " + new Masked(texts).url(remote.url())));
    }
  }

  private void connect(RemoteTarget target) {
    String what = "host " + target.hostAndPort();
    String host = target.host().replaceAll("[\\[\\]]", "");
    InetSocketAddress address = new InetSocketAddress(host, target.port());
    if (address.isUnresolved()) {
      findings.add(Finding.missing(what + ": its name leads to no address"));
      return;
    }
    try (Socket socket = new Socket()) {
      socket.connect(address, CONNECT_MILLIS);
      findings.add(Finding.good(what + " accepts connections"));
    } catch (IOException e) {
      findings.add(Finding.missing(what + " accepts no connection"));
    }
  }
}
