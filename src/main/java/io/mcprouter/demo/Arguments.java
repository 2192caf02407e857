package io.mcprouter.demo;

import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The arguments of a call, as its tool wants them; what is wrong is told to the model. */
final class Arguments {
  private static final int MAX_DIGITS = 100;
  private static final String NUMBER = "-?[0-9].*";

  private final @Nullable JsonSpan arguments;

  private Arguments(@Nullable JsonSpan arguments) {
    this.arguments = arguments;
  }

  static Arguments of(Frame call) {
    JsonSpan params = call.params();
    return new Arguments(params == null ? null : params.member("arguments"));
  }

  String text(String name) throws ToolError {
    String text = textOr(name, "");
    if (value(name) == null) {
      throw new ToolError("The argument '" + name + "' is missing: a text is needed.");
    }
    return text;
  }

  String textOr(String name, String otherwise) throws ToolError {
    JsonSpan value = value(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.isString()) {
      throw new ToolError("The argument '" + name + "' must be a text.");
    }
    return value.text();
  }

  BigDecimal number(String name) throws ToolError {
    JsonSpan value = value(name);
    if (value == null || !value.json().matches(NUMBER)) {
      throw new ToolError("The argument '" + name + "' must be a number.");
    }
    BigDecimal number = value.length() > MAX_DIGITS ? null : new BigDecimal(value.json());
    if (number == null || Math.abs((long) number.scale()) > MAX_DIGITS) {
      throw new ToolError(
          "The argument '"
              + name
              + "' has more than "
              + MAX_DIGITS
              + " digits before or behind"
              + " the point.");
    }
    return number;
  }

  int integerOr(String name, int least, int most, int otherwise) throws ToolError {
    if (value(name) == null) {
      return otherwise;
    }
    BigDecimal number = number(name);
    boolean fits =
        number.stripTrailingZeros().scale() <= 0
            && number.compareTo(BigDecimal.valueOf(least)) >= 0
            && number.compareTo(BigDecimal.valueOf(most)) <= 0;
    if (!fits) {
      throw new ToolError(
          "The argument '" + name + "' must be a whole number from " + least + " to " + most + ".");
    }
    return number.intValue();
  }

  private @Nullable JsonSpan value(String name) {
    return arguments == null ? null : arguments.member(name);
  }
}
