package io.mcprouter.routing;

import io.mcprouter.config.Endpoint;
import io.mcprouter.config.Environment;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.Stderr;
import io.mcprouter.protocol.Caller;
import io.mcprouter.routing.placeholder.PlaceholderException;
import io.mcprouter.routing.placeholder.ResolvedServer;
import io.mcprouter.routing.placeholder.ServerTemplates;
import io.mcprouter.transport.spi.ConnectionTarget;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.ProcessTarget;
import io.mcprouter.transport.spi.RemoteTarget;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the placeholders of definitions, with the administrator's variables from an environment.
 */
public final class CompiledTargets implements RouteCompiler.Targets {
  /** The command that stands for the router's own program. */
  public static final String SELF = "mcp-router";

  private final Environment environment;
  private final List<String> self;

  /**
   * Compiles with the given variables.
   *
   * @param environment where {@code ${NAME}} comes from
   * @param self the command line that starts this very program, for entries with {@code command:
   *     mcp-router}
   */
  public CompiledTargets(Environment environment, List<String> self) {
    this.environment = environment;
    this.self = List.copyOf(self);
  }

  @Override
  public TargetTemplate compile(ServerDefinition definition) throws McpFailure {
    try {
      ServerTemplates templates = ServerTemplates.compile(definition, environment);
      return new Compiled(definition, templates);
    } catch (PlaceholderException e) {
      throw notUsable(definition, e);
    }
  }

  private static McpFailure notUsable(ServerDefinition definition, PlaceholderException e) {
    return McpFailure.of(McpFailure.Kind.NOT_CONFIGURED, definition.name(), e.problem());
  }

  private final class Compiled implements TargetTemplate {
    private final ServerDefinition definition;
    private final ServerTemplates templates;
    private @Nullable Resolution last;

    Compiled(ServerDefinition definition, ServerTemplates templates) {
      this.definition = definition;
      this.templates = templates;
    }

    @Override
    public Set<String> variables() {
      return templates.needsVariables();
    }

    @Override
    public boolean isPersonal() {
      return templates.needsUser() || !templates.needsVariables().isEmpty();
    }

    @Override
    public ConnectionTarget resolve(Caller caller, Map<String, String> variables)
        throws McpFailure {
      try {
        ResolvedServer resolved = templates.resolve(caller, variables);
        Resolution known = last;
        if (known != null && known.digest.equals(resolved.digest())) {
          return known.target;
        }
        ConnectionTarget target = target(resolved);
        last = new Resolution(resolved.digest(), target);
        return target;
      } catch (PlaceholderException e) {
        throw notUsable(definition, e);
      }
    }

    private ConnectionTarget target(ResolvedServer resolved) throws McpFailure {
      return switch (definition.endpoint()) {
        case Endpoint.Stdio stdio -> process(stdio, resolved);
        case Endpoint.Remote remote -> remote(resolved);
      };
    }

    private ConnectionTarget process(Endpoint.Stdio stdio, ResolvedServer resolved) {
      List<String> command =
          new ArrayList<>(stdio.command().equals(SELF) ? self : List.of(stdio.command()));
      command.addAll(resolved.args());
      Path cwd = stdio.cwd() == null ? null : Path.of(stdio.cwd());
      return new ProcessTarget(
          command, resolved.env(), cwd, stderr(stdio.stderr()), resolved.digest(), isPersonal());
    }

    private ConnectionTarget remote(ResolvedServer resolved) throws McpFailure {
      try {
        URI uri = URI.create(Objects.requireNonNull(resolved.url(), "a remote server has a URL"));
        URI proxy = resolved.proxy() == null ? null : URI.create(resolved.proxy());
        return new RemoteTarget(uri, resolved.headers(), proxy, resolved.digest(), isPersonal());
      } catch (IllegalArgumentException e) {
        throw McpFailure.of(
            McpFailure.Kind.NOT_CONFIGURED,
            definition.name(),
            "its url is no URL once its placeholders are replaced");
      }
    }
  }

  private static ProcessTarget.Stderr stderr(Stderr choice) {
    return switch (choice) {
      case Stderr.Choice.INHERIT -> new ProcessTarget.Stderr.Inherit();
      case Stderr.Choice.PIPE -> new ProcessTarget.Stderr.Pipe();
      case Stderr.Choice.IGNORE -> new ProcessTarget.Stderr.Ignore();
      case Stderr.Descriptor descriptor -> new ProcessTarget.Stderr.Descriptor(descriptor.number());
    };
  }

  /** The target that was made last: an entry that needs nothing of the user has only one. */
  private record Resolution(String digest, ConnectionTarget target) {}
}
