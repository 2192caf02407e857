package io.mcprouter.cli;

import io.mcprouter.config.ApiKey;
import io.mcprouter.config.Endpoint;
import io.mcprouter.config.Environment;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.TemplateText;
import io.mcprouter.config.TemplateToken;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The texts of an entry that may hold placeholders, by the keys under which they stand. */
final class EntryTexts {
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Set<String> declared;

  EntryTexts(ServerDefinition definition) {
    declared = new HashSet<>(definition.userVariables().keySet());
    switch (definition.endpoint()) {
      case Endpoint.Stdio stdio -> {
        for (int i = 0; i < stdio.args().size(); i++) {
          texts.put("args[" + i + "]", stdio.args().get(i));
        }
        stdio.env().forEach((name, text) -> texts.put("env." + name, text));
      }
      case Endpoint.Remote remote -> {
        texts.put("url", remote.url());
        remote.headers().forEach((name, text) -> texts.put("headers." + name, text));
        put("proxy", remote.proxy());
      }
      case Endpoint.Routes none -> {}
    }
    ApiKey apiKey = definition.authorization().apiKey();
    if (apiKey != null) {
      declared.add(ApiKey.USER_VARIABLE);
      boolean own = apiKey.source() == ApiKey.Source.USER || apiKey.key() == null;
      put("apiKey", own ? "{{" + ApiKey.USER_VARIABLE + "}}" : apiKey.key());
    }
  }

  private void put(String path, @Nullable String text) {
    if (text != null) {
      texts.put(path, text);
    }
  }

  List<TemplateToken> tokens(String text) {
    return TemplateText.tokens(text, declared);
  }

  /** The variables of the router's environment that are named, and where. */
  Map<String, List<String>> environment() {
    Map<String, List<String>> names = new TreeMap<>();
    texts.forEach(
        (path, text) -> {
          for (TemplateToken token : tokens(text)) {
            if (token instanceof TemplateToken.EnvironmentReference(String name)) {
              names.computeIfAbsent(name, key -> new ArrayList<>()).add(path);
            }
          }
        });
    return names;
  }

  /** What is named of the user who calls: fields, and variables of their own. */
  Set<String> ofTheUser() {
    Set<String> names = new TreeSet<>();
    for (String text : texts.values()) {
      for (TemplateToken token : tokens(text)) {
        if (token instanceof TemplateToken.UserReference(String name)) {
          names.add(name);
        }
      }
    }
    return names;
  }

  /** A text with the environment's variables in it; null where one is not set. */
  @Nullable String expanded(String text, Environment environment) {
    StringBuilder expanded = new StringBuilder();
    for (TemplateToken token : tokens(text)) {
      switch (token) {
        case TemplateToken.Literal(String literal) -> expanded.append(literal);
        case TemplateToken.UserReference(String name) ->
            expanded.append("{{").append(name).append("}}");
        case TemplateToken.EnvironmentReference(String name) -> {
          String value = environment.value(name);
          if (value == null) {
            return null;
          }
          expanded.append(value);
        }
      }
    }
    return expanded.toString();
  }
}
