package io.mcprouter.routing;

import io.mcprouter.config.Endpoint;
import io.mcprouter.config.Environment;
import io.mcprouter.config.OAuthOptions;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.Stderr;
import io.mcprouter.protocol.Caller;
import io.mcprouter.routing.placeholder.AuthorizationTemplates;
import io.mcprouter.routing.placeholder.PlaceholderException;
import io.mcprouter.routing.placeholder.ResolvedAuthorization;
import io.mcprouter.routing.placeholder.ResolvedServer;
import io.mcprouter.routing.placeholder.ServerTemplates;
import io.mcprouter.transport.spi.ConnectionTarget;
import io.mcprouter.transport.spi.InProcessTarget;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.ProcessTarget;
import io.mcprouter.transport.spi.RemoteTarget;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the placeholders of definitions, with the administrator's variables from an environment.
 */
public final class CompiledTargets implements RouteCompiler.Targets {
  /** The command that stands for the router's own program. */
  public static final String SELF = "mcp-router";

  /** What servers that users added know of the router's environment. */
  private static final Environment NO_VARIABLES = name -> null;

  private final Environment environment;
  private final List<String> self;
  private final Predicate<String> loginRequired;

  /**
   * Compiles with the given variables.
   *
   * @param environment where {@code ${NAME}} comes from
   * @param self the command line that starts this very program, for entries with {@code command:
   *     mcp-router}
   */
  public CompiledTargets(Environment environment, List<String> self) {
    this(environment, self, server -> false);
  }

  /**
   * Compiles with the given variables.
   *
   * @param loginRequired whether a server is known to ask its users to log in
   */
  public CompiledTargets(
      Environment environment, List<String> self, Predicate<String> loginRequired) {
    this.environment = environment;
    this.self = List.copyOf(self);
    this.loginRequired = loginRequired;
  }

  @Override
  public TargetTemplate compile(ServerDefinition definition) throws McpFailure {
    Environment own = definition.isOfUser() ? NO_VARIABLES : environment;
    try {
      ServerTemplates templates = ServerTemplates.compile(definition, own);
      AuthorizationTemplates authorization = ServerTemplates.authorization(definition, own);
      return new Compiled(definition, templates, authorization);
    } catch (PlaceholderException e) {
      throw notUsable(definition, e);
    }
  }

  private static McpFailure notUsable(ServerDefinition definition, PlaceholderException e) {
    McpFailure.Kind kind =
        e.reason() == PlaceholderException.Reason.VARIABLE_MISSING
            ? McpFailure.Kind.VARIABLES_MISSING
            : McpFailure.Kind.NOT_CONFIGURED;
    return McpFailure.of(kind, definition.name(), e.problem());
  }

  private final class Compiled implements TargetTemplate {
    private final ServerDefinition definition;
    private final ServerTemplates templates;
    private final AuthorizationTemplates authorization;
    private final Set<String> variables;
    private @Nullable Resolution last;

    Compiled(
        ServerDefinition definition,
        ServerTemplates templates,
        AuthorizationTemplates authorization) {
      this.definition = definition;
      this.templates = templates;
      this.authorization = authorization;
      Set<String> names = new TreeSet<>(templates.needsVariables());
      names.addAll(authorization.needsVariables());
      this.variables = Collections.unmodifiableSet(names);
    }

    @Override
    public Set<String> variables() {
      return variables;
    }

    @Override
    public boolean isPersonal() {
      return definition.isOfUser() || templates.needsUser() || !variables.isEmpty() || needsLogin();
    }

    /** Whether each user has a right of their own at the server, as far as that is known. */
    private boolean needsLogin() {
      OAuthOptions.Grant grant = definition.router().oauth().grant();
      return grant.needsCallersToken()
          || (grant == OAuthOptions.Grant.AUTHORIZATION_CODE
              && (Boolean.TRUE.equals(definition.authorization().requiresOAuth())
                  || definition.authorization().oauth() != null
                  || loginRequired.test(definition.name())));
    }

    @Override
    public ResolvedAuthorization authorization(Caller caller, Map<String, String> values)
        throws McpFailure {
      try {
        return authorization.resolve(caller, values);
      } catch (PlaceholderException e) {
        throw notUsable(definition, e);
      }
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
        case Endpoint.Routes routes -> new InProcessTarget();
      };
    }

    private ConnectionTarget process(Endpoint.Stdio stdio, ResolvedServer resolved) {
      List<String> command =
          new ArrayList<>(stdio.command().equals(SELF) ? self : List.of(stdio.command()));
      command.addAll(resolved.args());
      Path cwd = stdio.cwd() == null ? null : Path.of(stdio.cwd());
      return new ProcessTarget(
          command,
          resolved.env(),
          cwd,
          stderr(stdio.stderr()),
          resolved.digest(),
          isPersonal(),
          resolved.expires());
    }

    private ConnectionTarget remote(ResolvedServer resolved) throws McpFailure {
      try {
        URI uri = URI.create(Objects.requireNonNull(resolved.url(), "a remote server has a URL"));
        URI proxy = resolved.proxy() == null ? null : URI.create(resolved.proxy());
        return new RemoteTarget(
            uri,
            resolved.headers(),
            proxy,
            resolved.digest(),
            isPersonal(),
            null,
            resolved.expires());
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
