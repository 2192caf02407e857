package io.mcprouter.integration.command;

import io.mcprouter.integration.McpToolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.exec.ExecBinding;
import org.apache.camel.component.exec.ExecCommand;
import org.apache.camel.component.exec.ExecCommandExecutor;
import org.apache.camel.component.exec.ExecEndpoint;
import org.apache.camel.component.exec.ExecResult;

/**
 * How a step {@code exec:} runs its program for a tool; the bean is both its {@code binding} and
 * its {@code commandExecutor}. The program, its directory and its limits are the endpoint's alone,
 * no header changes them. Each argument is one element whatever it holds, no shell and no splitting
 * is in between. The program gets no variable of the router's but the {@link ProgramRun#SAFE safe}
 * ones, and an empty standard input.
 *
 * <p>The body becomes what the program wrote. An exit value that the endpoint does not expect (0
 * where it names none), output beyond the limit and time that is up are {@link McpToolException}s.
 */
public final class Command implements ExecBinding, ExecCommandExecutor {
  private List<String> arguments = new ArrayList<>();
  private Map<String, String> environment = new LinkedHashMap<>();
  private int maxBytes = 1 << 20;
  private boolean errorShown;

  public List<String> getArguments() {
    return arguments;
  }

  /**
   * The arguments in order: texts, or Simple expressions. One that gives a list is an argument for
   * each of its elements, and one that gives nothing is left out.
   */
  public void setArguments(List<String> arguments) {
    this.arguments = arguments;
  }

  public Map<String, String> getEnvironment() {
    return environment;
  }

  /** Variables of the program beside the safe ones. */
  public void setEnvironment(Map<String, String> environment) {
    this.environment = environment;
  }

  public int getMaxBytes() {
    return maxBytes;
  }

  /** The most that the program may write, in bytes; 1 MiB by default. */
  public void setMaxBytes(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  public boolean isErrorShown() {
    return errorShown;
  }

  /**
   * Whether a tool error shows the caller what the program wrote to standard error; false by
   * default, then it is logged alone.
   */
  public void setErrorShown(boolean errorShown) {
    this.errorShown = errorShown;
  }

  @Override
  public ExecCommand readInput(Exchange exchange, ExecEndpoint endpoint) {
    String named = endpoint.getExitValues();
    Set<Integer> exitValues = new HashSet<>();
    for (String value : Objects.requireNonNullElse(named, "0").split(",", -1)) {
      exitValues.add(Integer.valueOf(value.strip()));
    }
    return new ExecCommand(
        endpoint.getExecutable(),
        new ArgumentList(arguments).of(exchange),
        endpoint.getWorkingDir(),
        endpoint.getTimeout(),
        exitValues,
        null,
        null,
        false,
        endpoint.getCommandLogLevel());
  }

  @Override
  public ExecResult execute(ExecCommand command) {
    return new ProgramRun(command, environment, maxBytes, errorShown, RunMarker.fresh()).result();
  }

  @Override
  public void writeOutput(Exchange exchange, ExecResult result) {
    Message message = exchange.getMessage();
    message.setHeader(EXEC_EXIT_VALUE, result.getExitValue());
    message.setBody(
        result.getStdout() instanceof Captured captured
            ? captured.text(StandardCharsets.UTF_8)
            : "");
  }
}
