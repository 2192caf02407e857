package io.mcprouter.config.reader;

import io.mcprouter.config.ApiKey;
import io.mcprouter.config.OAuthSettings;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.UserEntry;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an entry that a user wrote over the API: what the file could say, less what is the
 * administrator's. Keys are allowed one by one. Nothing of the router's environment and nothing of
 * the user's identity can be named in it, only the entry's own variables.
 */
public final class UserEntryReader {
  private static final Set<String> ALLOWED =
      Set.of(
          "type",
          "url",
          "headers",
          "title",
          "description",
          "iconPath",
          "chatMenu",
          "startup",
          "timeout",
          "initTimeout",
          "sseReadTimeout",
          "serverInstructions",
          "customUserVars",
          "requiresOAuth",
          "oauth",
          "oauth_headers",
          "apiKey",
          "router");

  private static final Set<String> ALLOWED_OF_ROUTER = Set.of("tools");

  /** A client of the router's own must not be shown at addresses that a user wrote. */
  private static final List<String> URLS_OF_OAUTH =
      List.of("authorization_url", "token_url", "revocation_endpoint");

  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final String name;
  private final Faults faults = new Faults("entry", true);

  private UserEntryReader(String name) {
    this.name = name;
  }

  /**
   * Reads an entry; whatever is wrong with it is in the result.
   *
   * @param name the user's name of the server
   * @param id the router's own name of it
   * @param json the entry, an object as it would stand under the name in the file
   */
  public static UserEntry read(String name, String id, String json) {
    UserEntryReader reader = new UserEntryReader(name);
    ServerDefinition definition = reader.read(id, json);
    List<String> problems =
        reader.faults.errors().stream()
            .map(fault -> fault.path() + ": " + fault.message())
            .distinct()
            .toList();
    return new UserEntry(name, problems.isEmpty() ? definition : null, problems);
  }

  private @Nullable ServerDefinition read(String id, String json) {
    Yaml document;
    try {
      document = YamlDocument.read(json);
    } catch (UnreadableYaml fault) {
      faults.error(fault.at(), name, fault.problem());
      return null;
    }
    if (!(document instanceof Yaml.Mapping entry)) {
      faults.error(Position.START, name, "must be an object, as under the server's name in a file");
      return null;
    }
    allow(entry);
    checkTexts(entry, name, declared(entry));
    if (faults.hasErrors()) {
      return null;
    }
    Fields fields = Fields.known(entry, name, faults, KnownKeys.ENTRY);
    ServerDefinition read = new EntryReader(id, entry.at(), fields, variable -> null).read();
    if (read != null) {
      checkOAuth(entry, read.authorization().oauth());
      check(read);
    }
    return read;
  }

  private void allow(Yaml.Mapping entry) {
    for (Yaml.Pair pair : entry.pairs()) {
      if (!ALLOWED.contains(pair.key())) {
        refuse(pair.at(), name + "." + pair.key(), pair.key());
      } else if (pair.key().equals("router") && pair.value() instanceof Yaml.Mapping router) {
        router.pairs().stream()
            .filter(option -> !ALLOWED_OF_ROUTER.contains(option.key()))
            .forEach(option -> refuse(option.at(), name + ".router." + option.key(), ""));
      } else if (pair.value() instanceof Yaml.Scalar type
          && pair.key().equals("type")
          && type.text().equals("stdio")) {
        refuse(pair.at(), name + ".type", "command");
      }
    }
  }

  private void refuse(Position at, String path, String key) {
    faults.error(
        at,
        path,
        KnownKeys.STDIO.contains(key)
            ? "is of programs that the router starts, which only the administrator's file can have;"
                + " name a server with 'url'"
            : "is not for servers that users add; remove it");
  }

  private static Set<String> declared(Yaml.Mapping entry) {
    Set<String> names = new LinkedHashSet<>();
    if (entry.find("customUserVars") instanceof Yaml.Pair(var key, var at, Yaml.Mapping own)) {
      own.pairs().forEach(pair -> names.add(pair.key()));
    }
    if (entry.find("apiKey") != null) {
      names.add(ApiKey.USER_VARIABLE);
    }
    return names;
  }

  /** Every text, wherever it stands, and every key: what is no template today may be one later. */
  private void checkTexts(Yaml value, String path, Set<String> declared) {
    switch (value) {
      case Yaml.Mapping mapping -> {
        for (Yaml.Pair pair : mapping.pairs()) {
          checkText(pair.key(), pair.at(), path, declared);
          checkTexts(pair.value(), path + "." + pair.key(), declared);
        }
      }
      case Yaml.Sequence list -> list.items().forEach(item -> checkTexts(item, path, declared));
      case Yaml.Scalar scalar -> checkText(scalar.text(), scalar.at(), path, declared);
      case Yaml.Unusable unusable ->
          faults.error(unusable.at(), path, "holds " + unusable.reason());
    }
  }

  private void checkText(String text, Position at, String path, Set<String> declared) {
    if (text.contains("${")) {
      faults.error(
          at,
          path,
          "holds '${', which stands for the router's own environment; servers that users add have"
              + " none of it: write the value, or declare a variable under customUserVars");
    }
    String rest = text;
    for (String variable : declared) {
      rest = rest.replace("{{" + variable + "}}", " ");
    }
    if (rest.contains("{{")) {
      faults.error(
          at,
          path,
          "holds a placeholder that is none of this entry's customUserVars; servers that users add"
              + " get nothing else of the user: declare it there");
    }
  }

  private void checkOAuth(Yaml.Mapping entry, @Nullable OAuthSettings settings) {
    boolean hasClient =
        settings != null && settings.clientId() != null && !settings.clientId().isBlank();
    if (entry.find("oauth") instanceof Yaml.Pair(var key, var at, Yaml.Mapping oauth)
        && !hasClient) {
      URLS_OF_OAUTH.stream()
          .map(oauth::find)
          .filter(pair -> pair != null)
          .forEach(
              pair ->
                  faults.error(
                      pair.at(),
                      name + ".oauth." + pair.key(),
                      "needs a 'client_id' of your own; the router's registrations are not used"
                          + " with it"));
    }
  }

  private void check(ServerDefinition read) {
    Position at = Position.START;
    String icon = read.presentation().iconPath();
    if (icon != null && !icon.toLowerCase(Locale.ROOT).startsWith("https://")) {
      faults.error(at, name + ".iconPath", "must be a URL that starts with https://");
    }
    List<Duration> times =
        List.of(
            read.timeouts().timeout(),
            read.timeouts().initTimeout(),
            read.timeouts().sseReadTimeout());
    if (times.stream().anyMatch(time -> time.compareTo(LONGEST) > 0)) {
      faults.error(at, name, "waits longer than 600000 ms, the most for servers that users add");
    }
  }
}
