package io.mcprouter.cli;

import io.mcprouter.config.Environment;
import io.mcprouter.config.McpSettings;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.routing.CompiledTargets;
import io.mcprouter.routing.RouteCompiler;
import io.mcprouter.routing.TargetTemplate;
import io.mcprouter.transport.spi.AddressPolicy;
import io.mcprouter.transport.spi.AddressRules;
import io.mcprouter.transport.spi.ConnectionListener;
import io.mcprouter.transport.spi.ConnectionOptions;
import io.mcprouter.transport.spi.ConnectionTarget;
import io.mcprouter.transport.spi.InitializeResult;
import io.mcprouter.transport.spi.McpConnection;
import io.mcprouter.transport.spi.McpEndpoint;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.RemoteComponent;
import io.mcprouter.wiring.SelfCommand;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;

/** Initializes servers once and lets them go, with the router's own transports. */
final class TrialConnections implements AutoCloseable {
  private final CompiledTargets targets =
      new CompiledTargets(Environment.ofProcess(), SelfCommand.line());
  private final AddressPolicy addresses;
  private @Nullable CamelContext camel;

  /** Makes none yet; they may go where the file's settings let them. */
  TrialConnections(McpSettings settings) {
    this.addresses = AddressRules.of(settings.allowedDomains(), settings.allowedAddresses());
  }

  Finding initialize(ServerDefinition server) {
    try {
      TargetTemplate template = targets.compile(server);
      if (template.isPersonal()) {
        return Finding.good("not connected to: it needs something of the user who calls");
      }
      if (Boolean.TRUE.equals(server.authorization().requiresOAuth())) {
        return Finding.good("not connected to: its user must log in");
      }
      return initialize(server, template.resolve(Caller.APPLICATION, Map.of()));
    } catch (McpFailure failure) {
      return Finding.missing(String.valueOf(failure.getMessage()));
    }
  }

  private Finding initialize(ServerDefinition server, ConnectionTarget target) throws McpFailure {
    ConnectionOptions options =
        ConnectionOptions.plain(
            server.name(), server.timeouts().initTimeout(), ConnectionOptions.Limits.DEFAULT);
    try {
      McpConnection connection =
          endpoint(server).connector().open(target, options, ConnectionListener.NONE).join();
      InitializeResult said = connection.initialized();
      connection.close().join();
      return Finding.good("initialized: " + described(said));
    } catch (CompletionException e) {
      throw McpFailure.from(e, server.name());
    }
  }

  private McpEndpoint endpoint(ServerDefinition server) {
    if (camel == null) {
      camel = new DefaultCamelContext();
      camel.start();
    }
    String scheme = RouteCompiler.scheme(server.transport());
    if (camel.getComponent(scheme) instanceof RemoteComponent remote
        && remote.getAddressPolicy() != addresses) {
      remote.setAddressPolicy(addresses);
    }
    // the name stands in messages only: the target and the options say the rest
    return camel.getEndpoint(scheme + ":doctor", McpEndpoint.class);
  }

  private static String described(InitializeResult said) {
    JsonSpan info = said.json().member("serverInfo");
    String name = info == null ? null : info.string("name");
    String version = info == null ? null : info.string("version");
    return Printed.onOneLine(
        String.join(
            " ",
            List.of(
                name == null ? "a server without a name" : name,
                version == null ? "" : version,
                "with protocol " + said.revision())));
  }

  @Override
  public void close() {
    if (camel != null) {
      camel.stop();
    }
  }
}
