package io.mcprouter.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The router's own additions to an entry, under its key {@code router}.
 *
 * @param shared whether users share one session; default false: each user has their own
 * @param templates the route templates that the server becomes, in the order in which a call passes
 *     them; default {@code mcp-server}. Guardrails alone are followed by it
 * @param listWait how long a first listing waits for the server; default 2 s
 * @param maxTimeout how long a call may take although progress is reported; default 10 times the
 *     server's {@code timeout}
 * @param access who may use the server, and which of its tools; default everybody and all
 * @param oauth additions to the authorization towards the server
 */
public record RouterOptions(
    boolean shared,
    List<TemplateUse> templates,
    Duration listWait,
    Duration maxTimeout,
    ToolSelection tools,
    AccessRules access,
    OAuthOptions oauth) {
  public static final String DEFAULT_TEMPLATE = "mcp-server";
  public static final List<TemplateUse> DEFAULT_TEMPLATES =
      List.of(TemplateUse.of(DEFAULT_TEMPLATE));
  public static final Duration DEFAULT_LIST_WAIT = Duration.ofSeconds(2);

  /** By this the default of {@code maxTimeout} is longer than {@code timeout}. */
  public static final int MAX_TIMEOUT_FACTOR = 10;

  public RouterOptions {
    templates = List.copyOf(templates);
  }

  /** The options of an entry without the key {@code router}. */
  public static RouterOptions defaults(Timeouts timeouts) {
    return new RouterOptions(
        false,
        DEFAULT_TEMPLATES,
        DEFAULT_LIST_WAIT,
        timeouts.timeout().multipliedBy(MAX_TIMEOUT_FACTOR),
        ToolSelection.ALL,
        AccessRules.OPEN,
        OAuthOptions.NONE);
  }

  /** Whether the server's routes may be made of one of these templates. */
  public boolean isMadeOf(Set<String> names) {
    return names.contains(DEFAULT_TEMPLATE)
        || templates.stream().anyMatch(use -> names.contains(use.name()));
  }

  /** The same options with other additions to authorization. */
  public RouterOptions with(OAuthOptions additions) {
    return new RouterOptions(shared, templates, listWait, maxTimeout, tools, access, additions);
  }
}
