package io.mcprouter.config.reader;

import io.mcprouter.config.UserVariable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads what each user gives for themselves. */
final class UserVariablesReader {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final String RESERVED = "LIBRECHAT_";

  private UserVariablesReader() {}

  static Map<String, UserVariable> read(Fields entry) {
    Map<String, UserVariable> variables = new LinkedHashMap<>();
    Fields declared = entry.object("customUserVars");
    if (declared == null) {
      return variables;
    }
    for (Yaml.Pair pair : declared.pairs()) {
      String name = pair.key();
      checkName(declared, name);
      Fields variable = declared.object(name, KnownKeys.USER_VARIABLE);
      if (variable == null) {
        if (pair.value() instanceof Yaml.Scalar scalar && scalar.type() == Yaml.Type.NULL) {
          declared.error(name, "needs at least a 'title'; add it");
        }
        continue;
      }
      String title = variable.requiredText("title");
      variables.put(
          name,
          new UserVariable(
              title == null ? name : title,
              variable.text("description"),
              variable.flag("sensitive", true)));
    }
    return variables;
  }

  private static void checkName(Fields declared, String name) {
    if (!NAME.matcher(name).matches()) {
      declared.error(name, "is no name of a variable; use letters, digits and '_', no digit first");
    } else if (name.startsWith(RESERVED)) {
      declared.error(
          name, "begins with LIBRECHAT_, which stands for the user's identity; rename it");
    }
  }
}
