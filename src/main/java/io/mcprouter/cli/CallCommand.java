package io.mcprouter.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Calls a tool through a running router. */
@Command(
    name = "call",
    description = "Call a tool through a running router.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A value is taken for JSON where it is a number, true, false, null, an object or an array"
          + " and",
      "the tool's input schema asks for that; otherwise it is text.",
      "",
      "Examples:",
      "  mcp-router call demo__echo message=hello",
      "  mcp-router call demo__add a=1 b=2.5",
      "  mcp-router call demo__count --json '{\"to\": 3}' --raw"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the tool's result was printed",
      "1:the tool reports an error, the router refuses, or none answers"
    })
final class CallCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "TOOL", description = "The tool's name, as 'list' has it.")
  private String tool = "";

  @Parameters(index = "1..*", paramLabel = "KEY=VALUE", description = "The arguments of the tool.")
  private List<String> values = new ArrayList<>();

  @Mixin private ToolCall.Options options;
  @Mixin private RouterAddress router;

  @Override
  public Integer call() throws CommandFailure {
    ToolCall call = new ToolCall(spec.commandLine(), tool, values, options);
    try (RouterClient client = router.connect(call::progress)) {
      return call.through(client);
    }
  }
}
