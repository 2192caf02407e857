package io.mcprouter.cli;

import io.mcprouter.credential.ApiKeys;
import io.mcprouter.credential.IssuedKey;
import io.mcprouter.credential.NewKey;
import io.mcprouter.credential.Owner;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** API keys, for programs that call the router. A router may be running meanwhile. */
@Command(
    name = "keys",
    description = "Make, list and revoke API keys, also beside a running router.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  mcp-router keys create --user ada --label laptop --expires 90d",
      "  mcp-router keys list",
      "  mcp-router keys revoke 0123456789abcdef"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:the store cannot be opened, or there is no such key"})
final class KeysCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do with keys: create, list or revoke");
  }

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Make a key. It is printed once and cannot be had again.")
  int create(@Mixin OpenStore.Options options, @Mixin Wanted wanted) {
    try (OpenStore store = options.open()) {
      if (store == null) {
        return 1;
      }
      ApiKeys.Created created = store.part(ApiKeys.class).create(wanted.key(spec));
      spec.commandLine()
          .getErr()
          .println("Key " + created.key().id() + " was made; this is the only time it is shown:");
      spec.commandLine().getOut().println(created.text());
      return 0;
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "List all keys, the newest first; the keys themselves are not kept.")
  int list(@Mixin OpenStore.Options options) {
    try (OpenStore store = options.open()) {
      if (store == null) {
        return 1;
      }
      PrintWriter out = spec.commandLine().getOut();
      store.part(ApiKeys.class).list().forEach(key -> out.println(line(key, Instant.now())));
      return 0;
    }
  }

  @Command(
      name = "revoke",
      mixinStandardHelpOptions = true,
      description = "Revoke a key: from then on it opens nothing, on no node.")
  int revoke(
      @Mixin OpenStore.Options options,
      @Parameters(paramLabel = "ID", description = "The key's id, as 'keys list' shows it.")
          String id)
      throws CommandFailure {
    try (OpenStore store = options.open()) {
      if (store == null) {
        return 1;
      }
      if (!store.part(ApiKeys.class).revoke(id)) {
        throw new CommandFailure(
            "There is no key '" + Printed.onOneLine(id) + "' that could be revoked.");
      }
      spec.commandLine().getOut().println("Key " + id + " is revoked.");
      return 0;
    }
  }

  private static String line(IssuedKey key, Instant now) {
    Owner owner = key.owner();
    String user = owner.tenant().isEmpty() ? owner.user() : owner.tenant() + "/" + owner.user();
    return Printed.onOneLine(
        "%s  %-8s  user=%s  label=%s  roles=%s  scopes=%s  created=%s  expires=%s  used=%s"
            .formatted(
                key.id(),
                state(key, now),
                user,
                key.label().isEmpty() ? "-" : key.label(),
                joined(key.roles()),
                joined(key.scopes()),
                time(key.createdAt()),
                time(key.expiresAt()),
                time(key.lastUsedAt())));
  }

  private static String state(IssuedKey key, Instant now) {
    if (key.revokedAt() != null) {
      return "revoked";
    }
    return key.isExpired(now) ? "expired" : "active";
  }

  private static String joined(Set<String> names) {
    return names.isEmpty() ? "-" : String.join(",", new TreeSet<>(names));
  }

  private static String time(@Nullable Instant time) {
    return time == null ? "never" : time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** What the key is to be. */
  static final class Wanted {
    @Option(
        names = "--user",
        required = true,
        paramLabel = "ID",
        description = "For which user the key speaks.")
    private String user = "";

    @Option(names = "--tenant", paramLabel = "NAME", description = "The user's tenant.")
    private String tenant = "";

    @Option(names = "--label", paramLabel = "TEXT", description = "What the key is for.")
    private String label = "";

    @Option(
        names = "--field",
        paramLabel = "NAME=VALUE",
        description = "A documented field of the user, such as email; repeatable.")
    private Map<String, String> fields = new LinkedHashMap<>();

    @Option(names = "--role", paramLabel = "NAME", description = "A role; repeatable.")
    private Set<String> roles = new LinkedHashSet<>();

    @Option(names = "--scope", paramLabel = "NAME", description = "A scope; repeatable.")
    private Set<String> scopes = new LinkedHashSet<>();

    @Option(
        names = "--expires",
        paramLabel = "TIME",
        converter = Lifetime.class,
        description = "How long it is good, such as 90d or 12h (default: for ever).")
    private @Nullable Duration expires;

    NewKey key(CommandSpec spec) {
      try {
        Instant end = expires == null ? null : Instant.now().plus(expires);
        return new NewKey(new Owner(tenant, user), fields, label, roles, scopes, end);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
      }
    }
  }

  /** A duration as Spring's settings write it. */
  static final class Lifetime implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        Duration lifetime = DurationStyle.detectAndParse(text);
        if (lifetime.isPositive()) {
          return lifetime;
        }
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("'" + text + "' is no duration; write 90d or 12h");
      }
      throw new TypeConversionException("'" + text + "' is over before it begins");
    }
  }
}
