package io.mcprouter.routing.placeholder;

import io.mcprouter.config.ApiKey;
import io.mcprouter.config.Endpoint;
import io.mcprouter.config.Environment;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.protocol.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything of a server that may hold placeholders, compiled once. Safe for all threads. */
public final class ServerTemplates {
  private final List<String> program;
  private final @Nullable Template url;
  private final @Nullable String proxy;
  private final Map<String, Template> headers;
  private final Map<String, Template> env;
  private final List<Template> args;
  private final Set<String> variables;
  private final @Nullable ResolvedServer constant;
  private final boolean needsToken;

  private ServerTemplates(
      List<String> program,
      @Nullable Template url,
      @Nullable String proxy,
      Map<String, Template> headers,
      Map<String, Template> env,
      List<Template> args) {
    this.program = program;
    this.url = url;
    this.proxy = proxy;
    this.headers = headers;
    this.env = env;
    this.args = args;
    Set<String> names = new TreeSet<>();
    all().forEach(template -> names.addAll(template.needsVariables()));
    this.variables = Collections.unmodifiableSet(names);
    this.needsToken = all().anyMatch(Template::needsToken);
    boolean needsUser = all().anyMatch(Template::needsUser);
    this.constant = needsUser ? null : together(Caller.APPLICATION, Map.of());
  }

  /**
   * Compiles a server's texts.
   *
   * @throws PlaceholderException if a variable of the environment is not set, or if a text is wrong
   */
  public static ServerTemplates compile(ServerDefinition server, Environment environment) {
    Set<String> declared = new HashSet<>(server.userVariables().keySet());
    ApiKey apiKey = server.authorization().apiKey();
    if (apiKey != null) {
      declared.add(ApiKey.USER_VARIABLE);
    }
    TemplateCompiler compiler = new TemplateCompiler(server.name(), declared, environment);
    return switch (server.endpoint()) {
      case Endpoint.Stdio stdio -> child(stdio, compiler);
      case Endpoint.Remote remote -> remote(remote, apiKey, compiler);
      case Endpoint.Routes routes ->
          new ServerTemplates(List.of(), null, null, Map.of(), Map.of(), List.of());
    };
  }

  /**
   * Compiles the texts of a server's authorization.
   *
   * @throws PlaceholderException as {@link #compile}
   */
  public static AuthorizationTemplates authorization(
      ServerDefinition server, Environment environment) {
    Set<String> declared = server.userVariables().keySet();
    return AuthorizationTemplates.compile(
        server, new TemplateCompiler(server.name(), declared, environment));
  }

  private static ServerTemplates child(Endpoint.Stdio stdio, TemplateCompiler compiler) {
    List<Template> args = new ArrayList<>();
    for (String arg : stdio.args()) {
      args.add(compiler.compile("args[" + args.size() + "]", arg, Kind.ARG));
    }
    Map<String, Template> env = new LinkedHashMap<>();
    stdio
        .env()
        .forEach((name, text) -> env.put(name, compiler.compile("env." + name, text, Kind.ENV)));
    List<String> program =
        List.of(stdio.command(), String.valueOf(stdio.cwd()), String.valueOf(stdio.stderr()));
    return new ServerTemplates(program, null, null, Map.of(), env, args);
  }

  private static ServerTemplates remote(
      Endpoint.Remote remote, @Nullable ApiKey apiKey, TemplateCompiler compiler) {
    Map<String, Template> headers = new LinkedHashMap<>();
    remote
        .headers()
        .forEach(
            (name, text) ->
                headers.put(name, compiler.compile("headers." + name, text, Kind.HEADER)));
    if (apiKey != null) {
      String name = headerName(apiKey);
      headers
          .keySet()
          .removeIf(other -> other.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)));
      headers.put(name, compiler.compile("apiKey", headerText(apiKey), Kind.HEADER));
    }
    return new ServerTemplates(
        List.of(remote.transport().text()),
        compiler.compile("url", remote.url(), Kind.URL),
        proxy(remote, compiler),
        headers,
        Map.of(),
        List.of());
  }

  private static @Nullable String proxy(Endpoint.Remote remote, TemplateCompiler compiler) {
    String proxy = remote.proxy();
    return proxy == null
        ? null
        : compiler.compile("proxy", proxy, Kind.PLAIN).resolve(Caller.APPLICATION, Map.of());
  }

  private static String headerName(ApiKey apiKey) {
    return apiKey.authorizationType() == ApiKey.AuthorizationType.CUSTOM
        ? apiKey.customHeader()
        : "Authorization";
  }

  private static String headerText(ApiKey apiKey) {
    String own = apiKey.key();
    String key =
        own == null || apiKey.source() == ApiKey.Source.USER
            ? "{{" + ApiKey.USER_VARIABLE + "}}"
            : own;
    return switch (apiKey.authorizationType()) {
      case BASIC -> "Basic " + key;
      case BEARER -> "Bearer " + key;
      case CUSTOM -> key;
    };
  }

  /** Whether anything depends on who calls, be it by a field or by a variable. */
  public boolean needsUser() {
    return constant == null;
  }

  /** The names of the user's own variables that are used, in alphabetical order. */
  public Set<String> needsVariables() {
    return variables;
  }

  /**
   * The values for a caller; always the same object where nothing depends on the caller.
   *
   * @param userVariables the caller's own values by name
   * @throws PlaceholderException if a variable is missing, if a value cannot stand in its place, or
   *     if a user is needed and the caller is the router itself
   */
  public ResolvedServer resolve(Caller caller, Map<String, String> userVariables) {
    return constant == null ? together(caller, userVariables) : constant;
  }

  private ResolvedServer together(Caller caller, Map<String, String> userVariables) {
    List<String> arguments = new ArrayList<>(args.size());
    args.forEach(arg -> arguments.add(arg.resolve(caller, userVariables)));
    return ResolvedServer.of(
        program,
        url == null ? null : url.resolve(caller, userVariables),
        proxy,
        resolved(headers, caller, userVariables),
        resolved(env, caller, userVariables),
        arguments,
        needsToken && caller.token() != null ? caller.token().expires() : Instant.MAX);
  }

  private static Map<String, String> resolved(
      Map<String, Template> templates, Caller caller, Map<String, String> userVariables) {
    Map<String, String> values = LinkedHashMap.newLinkedHashMap(templates.size());
    templates.forEach(
        (name, template) -> values.put(name, template.resolve(caller, userVariables)));
    return values;
  }

  private Stream<Template> all() {
    Stream<Template> inMaps = Stream.of(headers, env).flatMap(map -> map.values().stream());
    Stream<Template> others = Stream.concat(Stream.ofNullable(url), args.stream());
    return Stream.concat(inMaps, others);
  }
}
