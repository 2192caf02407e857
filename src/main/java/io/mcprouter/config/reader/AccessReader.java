package io.mcprouter.config.reader;

import io.mcprouter.config.AccessRules;
import io.mcprouter.config.AccessRules.Requirement;
import io.mcprouter.config.AccessRules.ToolRule;
import io.mcprouter.config.NamePattern;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads who may use a server ({@code router.access}). */
final class AccessReader {
  /** A scope token of OAuth (RFC 6749 §3.3). */
  private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

  private AccessReader() {}

  static AccessRules read(Fields router) {
    if (!router.has("access")) {
      return AccessRules.OPEN;
    }
    Fields access = router.object("access", KnownKeys.ACCESS);
    if (access == null) {
      router.error("access", "says nothing; name roles, scopes or tools, or remove it");
      return AccessRules.OPEN;
    }
    return new AccessRules(requirement(access), tools(access));
  }

  private static Requirement requirement(Fields fields) {
    return new Requirement(
        names(fields, "roles", Pattern.compile(".*\\S.*")), names(fields, "scopes", SCOPE));
  }

  private static Set<String> names(Fields fields, String key, Pattern form) {
    List<Fields.Item> items = fields.texts(key);
    if (items == null) {
      return Set.of();
    }
    if (items.isEmpty()) {
      fields.error(key, "is empty and would let nobody in; name some, or remove it");
    }
    Set<String> names = new LinkedHashSet<>();
    for (Fields.Item item : items) {
      if (form.matcher(item.text()).matches()) {
        names.add(item.text());
      } else {
        fields
            .faults()
            .error(item.at(), item.path(), "is no name of one; write one without blanks or quotes");
      }
    }
    return names;
  }

  private static List<ToolRule> tools(Fields access) {
    Fields tools = access.object("tools");
    if (tools == null) {
      return List.of();
    }
    List<ToolRule> rules = new ArrayList<>();
    for (Yaml.Pair pair : tools.pairs()) {
      Fields rule = tools.object(pair.key(), KnownKeys.REQUIREMENT);
      if (rule == null || pair.key().isBlank()) {
        tools.error(pair.key(), "needs a tool's name or pattern, and below it roles or scopes");
        continue;
      }
      Requirement requirement = requirement(rule);
      if (requirement.equals(Requirement.NOTHING)) {
        tools.error(pair.key(), "asks for nothing; name roles or scopes, or remove it");
      }
      rules.add(new ToolRule(new NamePattern(pair.key()), requirement));
    }
    return rules;
  }
}
