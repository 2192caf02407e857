package io.mcprouter.integration.command;

import io.mcprouter.integration.McpToolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;

/**
 * The arguments of a program, of which each is a text or a Simple expression. In front of {@code
 * --} no caller can give an option: a value that begins with a dash is refused there.
 *
 * @param templates as the author of the route wrote them
 */
record ArgumentList(List<String> templates) {
  private static final String EXPRESSION = "${";

  /** The longest argument in bytes; Linux takes no more than 128 KiB. */
  private static final int LONGEST = 100_000;

  List<String> of(Exchange exchange) {
    List<String> arguments = new ArrayList<>();
    for (String template : templates) {
      if (!template.contains(EXPRESSION)) {
        arguments.add(template);
        continue;
      }
      boolean mayBeOption = template.startsWith(EXPRESSION) && !arguments.contains("--");
      for (Object value : values(exchange, template)) {
        arguments.add(checked(String.valueOf(value), mayBeOption));
      }
    }
    return arguments;
  }

  private static Collection<?> values(Exchange exchange, String template) {
    Expression simple = exchange.getContext().resolveLanguage("simple").createExpression(template);
    simple.init(exchange.getContext());
    Object value = simple.evaluate(exchange, Object.class);
    return switch (value) {
      case null -> List.of();
      case Collection<?> several -> several;
      default -> List.of(value);
    };
  }

  private static String checked(String value, boolean mayBeOption) {
    if (mayBeOption && value.startsWith("-")) {
      throw new McpToolException("an argument begins with '-'; give one that does not");
    }
    if (value.indexOf('\0') >= 0) {
      throw new McpToolException("an argument holds a NUL character, which no program can get");
    }
    if (value.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      throw new McpToolException("an argument is longer than " + LONGEST + " bytes; shorten it");
    }
    return value;
  }
}
