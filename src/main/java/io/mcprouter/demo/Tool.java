package io.mcprouter.demo;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the server can do; {@code tools.json} describes the tools of these names to clients. */
@FunctionalInterface
interface Tool {
  Map<String, Tool> ALL =
      Map.of(
          "echo", (arguments, progress) -> ToolResult.text(arguments.text("message")),
          "add", (arguments, progress) -> add(arguments),
          "time", (arguments, progress) -> time(arguments),
          "greet", (arguments, progress) -> greet(arguments),
          "count", Tool::count);

  /** The result object; a {@link ToolError} becomes one that says so. */
  byte[] call(Arguments arguments, Progress progress) throws ToolError, InterruptedException;

  static @Nullable Tool named(@Nullable String name) {
    return name == null ? null : ALL.get(name);
  }

  private static byte[] add(Arguments arguments) throws ToolError {
    BigDecimal sum = arguments.number("a").add(arguments.number("b"));
    return ToolResult.structured(sum.toPlainString(), "{\"sum\":" + sum.toPlainString() + "}");
  }

  private static byte[] greet(Arguments arguments) throws ToolError {
    return ToolResult.text("Hello, " + arguments.text("name") + ", and welcome to mcp-router!");
  }

  private static byte[] time(Arguments arguments) throws ToolError {
    String zone = arguments.textOr("zone", "UTC");
    try {
      ZonedDateTime now = ZonedDateTime.now(ZoneId.of(zone)).truncatedTo(ChronoUnit.SECONDS);
      return ToolResult.text(DateTimeFormatter.ISO_ZONED_DATE_TIME.format(now));
    } catch (DateTimeException unknown) {
      throw new ToolError("There is no such time zone; give one such as Europe/Rome or UTC.");
    }
  }

  private static byte[] count(Arguments arguments, Progress progress)
      throws ToolError, InterruptedException {
    int to = arguments.integerOr("to", 1, 1_000, 5);
    int delayMillis = arguments.integerOr("delayMs", 0, 60_000, 200);
    for (int done = 1; done <= to; done++) {
      Thread.sleep(delayMillis);
      progress.report(done, to, "Counted " + done + " of " + to);
    }
    return ToolResult.text("Counted to " + to + ".");
  }
}
