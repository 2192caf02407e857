package io.mcprouter.config.reader;

import io.mcprouter.config.TemplateToken;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Checks what a child process is started with. */
final class ProcessCheck {
  /** Variables by which a value becomes code; a user must not choose them. */
  private static final Set<String> CODE =
      Set.of(
          "PATH",
          "SHELL",
          "ENV",
          "BASH_ENV",
          "IFS",
          "NODE_OPTIONS",
          "NODE_PATH",
          "PYTHONPATH",
          "PYTHONSTARTUP",
          "PYTHONHOME",
          "JAVA_TOOL_OPTIONS",
          "_JAVA_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "CLASSPATH",
          "PERL5OPT",
          "PERL5LIB",
          "RUBYOPT",
          "RUBYLIB",
          "GIT_SSH_COMMAND");

  private static final List<String> CODE_PREFIXES = List.of("LD_", "DYLD_", "NPM_CONFIG_");

  private final Templates templates;
  private final Faults faults;

  ProcessCheck(Templates templates, Faults faults) {
    this.templates = templates;
    this.faults = faults;
  }

  /** Notes arguments that cannot be passed. */
  List<String> arguments(List<Fields.Item> items) {
    for (Fields.Item item : items) {
      templates.check(item);
      refuseNul(item);
      List<TemplateToken> tokens = templates.tokens(item.text());
      if (tokens.size() > 1 && tokens.stream().anyMatch(templates::isVariable)) {
        faults.error(
            item.at(),
            item.path(),
            "joins a user's variable to other text; make it an element of its own, or use 'env'");
      }
    }
    return items.stream().map(Fields.Item::text).toList();
  }

  /** Notes variables that cannot be set. */
  Map<String, String> environment(Map<String, Fields.Item> items) {
    Map<String, String> env = new LinkedHashMap<>();
    items.forEach(
        (name, item) -> {
          checkName(name, item);
          templates.check(item);
          refuseNul(item);
          env.put(name, item.text());
        });
    return env;
  }

  private void checkName(String name, Fields.Item item) {
    templates.checkLiteral(item.at(), item.path(), name);
    if (name.isEmpty() || name.chars().anyMatch(c -> c <= ' ' || c == '=' || c == 0x7f)) {
      faults.error(
          item.at(),
          item.path(),
          "is no name of an environment variable; it has no blanks and no '='");
    } else if (templates.dependsOnUser(item.text()) && isCode(name)) {
      faults.error(
          item.at(), item.path(), "decides what code runs, so no user's value may be in it");
    }
  }

  private void refuseNul(Fields.Item item) {
    if (item.text().indexOf('\0') >= 0) {
      faults.error(item.at(), item.path(), "holds a NUL character, which no process can be given");
    }
  }

  private static boolean isCode(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return CODE.contains(upper) || CODE_PREFIXES.stream().anyMatch(upper::startsWith);
  }
}
