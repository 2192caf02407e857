package io.mcprouter.cli;

import io.mcprouter.config.NearestName;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.JsonText;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.protocol.Messages;
import io.mcprouter.protocol.Methods;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** A tool that is called, and its result that is printed. */
final class ToolCall {
  private static final byte[] PROGRESS_TOKEN = JsonText.quoted("cli");

  private final CommandLine line;
  private final String tool;
  private final List<String> values;
  private final Options options;

  ToolCall(CommandLine line, String tool, List<String> values, Options options) {
    this.line = line;
    this.tool = tool;
    this.values = values;
    this.options = options;
  }

  /** How the arguments are given and the result is shown. */
  static final class Options {
    @Option(
        names = "--json",
        paramLabel = "OBJECT",
        description = "All arguments as a JSON object.")
    private @Nullable String json;

    @Option(names = "--raw", description = "Print the whole result as JSON.")
    private boolean raw;
  }

  /**
   * Makes the call.
   *
   * @return the exit code
   */
  int through(RouterClient client) throws CommandFailure {
    byte[] given = options.json == null ? null : object(options.json);
    if (given != null && !values.isEmpty()) {
      throw wrong("--json has all arguments: leave out KEY=VALUE");
    }
    List<JsonSpan> tools = given == null ? client.list(Methods.TOOLS_LIST, "tools") : List.of();
    byte[] arguments = given != null ? given : ToolArguments.of(values, schema(tools), this::wrong);
    warnOfUnknown(schema(tools));
    return print(result(client, tools, arguments));
  }

  private byte[] object(String text) {
    try {
      JsonSpan object =
          JsonSpan.parse(text.getBytes(StandardCharsets.UTF_8), Frame.DEFAULT_MAX_DEPTH);
      if (object.isObject()) {
        return object.bytes();
      }
      throw wrong("--json needs a JSON object, such as '{\"message\": \"hello\"}'");
    } catch (MalformedMessage e) {
      throw wrong("--json is no JSON: " + e.getMessage());
    }
  }

  private ParameterException wrong(String what) {
    return new ParameterException(line, what);
  }

  private @Nullable JsonSpan schema(List<JsonSpan> tools) {
    return tools.stream()
        .filter(listed -> tool.equals(listed.string("name")))
        .findFirst()
        .map(listed -> listed.member("inputSchema"))
        .orElse(null);
  }

  /** A tool that ignores an argument says nothing of a slip in its name. */
  private void warnOfUnknown(@Nullable JsonSpan schema) {
    PrintWriter err = line.getErr();
    ToolArguments.unknown(values, schema).forEach(hint -> err.println(tool + " " + hint));
  }

  private JsonSpan result(RouterClient client, List<JsonSpan> tools, byte[] arguments)
      throws CommandFailure {
    byte[] params =
        Messages.join(
            "{\"name\":",
            JsonText.quoted(tool),
            ",\"arguments\":",
            arguments,
            ",\"_meta\":{\"progressToken\":",
            PROGRESS_TOKEN,
            "}}");
    try {
      return client.request(Methods.TOOLS_CALL, params);
    } catch (CommandFailure failure) {
      List<String> names =
          tools.stream().map(listed -> listed.string("name")).filter(Objects::nonNull).toList();
      String suggestion =
          names.contains(tool)
              ? ""
              : NearestName.of(tool, names)
                  .map(name -> ". Did you mean '" + name + "'?")
                  .orElse("");
      throw new CommandFailure(failure.getMessage() + suggestion);
    }
  }

  private int print(JsonSpan result) {
    JsonSpan flag = result.member("isError");
    boolean failed = flag != null && flag.isTrue();
    PrintWriter out = failed && !options.raw ? line.getErr() : line.getOut();
    JsonSpan content = result.member("content");
    List<JsonSpan> parts = content == null ? List.of() : content.elements();
    if (options.raw || parts.isEmpty()) {
      out.println(Printed.onOneLine(result.json()));
    } else {
      parts.forEach(part -> out.println(printed(part)));
    }
    return failed ? 1 : 0;
  }

  private static String printed(JsonSpan part) {
    String text = "text".equals(part.string("type")) ? part.string("text") : null;
    return text == null ? Printed.onOneLine(part.json()) : Printed.text(text);
  }

  /** Tells of progress. */
  void progress(Frame notification) {
    JsonSpan params = notification.params();
    if (params == null || !notification.method().equals(Methods.PROGRESS)) {
      return;
    }
    JsonSpan done = params.member("progress");
    JsonSpan total = params.member("total");
    String message = params.string("message");
    line.getErr()
        .println(
            (done == null ? "" : done.text())
                + (total == null ? "" : "/" + total.text())
                + (message == null ? "" : " " + Printed.onOneLine(message)));
  }
}
