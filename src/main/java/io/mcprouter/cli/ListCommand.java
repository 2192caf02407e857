package io.mcprouter.cli;

import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.Methods;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists what a running router offers. */
@Command(
    name = "list",
    description = "List the tools, or other things, that a running router offers.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  mcp-router list",
      "  mcp-router list resources --json",
      "  mcp-router list --url http://127.0.0.1:8090/servers/demo/mcp --user ada"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:listed, be it nothing", "1:no router answers, or it refuses"})
final class ListCommand implements Callable<Integer> {
  private static final int MAX_WIDTH = 40;
  private static final int MAX_DESCRIPTION = 100;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "WHAT",
      arity = "0..1",
      description = "${COMPLETION-CANDIDATES} (default: tools).")
  private Kind kind = Kind.tools;

  @Option(names = "--json", description = "Print each item as JSON, one a line.")
  private boolean json;

  @Mixin private RouterAddress router;

  /** What can be listed; written as on the command line. */
  enum Kind {
    tools(Methods.TOOLS_LIST, "tools", "name"),
    prompts(Methods.PROMPTS_LIST, "prompts", "name"),
    resources(Methods.RESOURCES_LIST, "resources", "uri"),
    templates(Methods.RESOURCE_TEMPLATES_LIST, "resourceTemplates", "uriTemplate");

    private final String method;
    private final String member;
    private final String key;

    Kind(String method, String member, String key) {
      this.method = method;
      this.member = member;
      this.key = key;
    }
  }

  @Override
  public Integer call() throws CommandFailure {
    PrintWriter out = spec.commandLine().getOut();
    try (RouterClient client = router.connect(notification -> {})) {
      List<JsonSpan> items = client.list(kind.method, kind.member);
      if (json) {
        items.forEach(item -> out.println(Printed.onOneLine(item.json())));
      } else {
        print(items, out);
      }
    }
    return 0;
  }

  private void print(List<JsonSpan> items, PrintWriter out) {
    int width =
        items.stream()
            .mapToInt(item -> key(item).length())
            .filter(w -> w <= MAX_WIDTH)
            .max()
            .orElse(MAX_WIDTH);
    for (JsonSpan item : items) {
      out.println(("%-" + width + "s  %s").formatted(key(item), description(item)).stripTrailing());
    }
    if (items.isEmpty()) {
      spec.commandLine().getErr().println("The router offers no " + kind + " now.");
    }
  }

  private String key(JsonSpan item) {
    return Printed.onOneLine(Objects.requireNonNullElse(item.string(kind.key), ""));
  }

  private static String description(JsonSpan item) {
    String text = item.string("description");
    if (text == null) {
      text = Objects.requireNonNullElse(item.string("title"), "");
    }
    String line = Printed.onOneLine(text.strip().lines().findFirst().orElse(""));
    return line.length() <= MAX_DESCRIPTION ? line : line.substring(0, MAX_DESCRIPTION - 1) + "…";
  }
}
