package io.mcprouter.transport.stdio;

import io.mcprouter.transport.spi.ConnectionOptions;
import io.mcprouter.transport.spi.ProcessTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** Options of an {@code mcp-stdio} endpoint. */
@UriParams
public final class StdioConfiguration {
  @UriParam private @Nullable String command;

  @UriParam(secret = true)
  private @Nullable String args;

  @UriParam(secret = true, prefix = "env.", multiValue = true)
  private Map<String, Object> env = Map.of();

  @UriParam private @Nullable String cwd;

  @UriParam(defaultValue = "inherit")
  private String stderr = "inherit";

  @UriParam(defaultValue = "10000", javaType = "java.time.Duration")
  private long initTimeout = 10_000;

  @UriParam(defaultValue = "2000", javaType = "java.time.Duration", label = "advanced")
  private long closeWait = 2_000;

  @UriParam(defaultValue = "16777216", label = "advanced")
  private int maxMessageBytes = ConnectionOptions.Limits.DEFAULT.maxMessageBytes();

  @UriParam(defaultValue = "200", label = "advanced")
  private int maxDepth = ConnectionOptions.Limits.DEFAULT.maxDepth();

  @UriParam(defaultValue = "1000", label = "advanced")
  private int maxPending = ConnectionOptions.Limits.DEFAULT.maxPending();

  @UriParam(defaultValue = "33554432", label = "advanced")
  private int maxQueuedBytes = ConnectionOptions.Limits.DEFAULT.maxQueuedBytes();

  private @Nullable List<String> arguments;

  public @Nullable String getCommand() {
    return command;
  }

  /**
   * The program to run: a name that is looked up on the PATH of the child's environment, or a path,
   * which may be relative to cwd. Needed unless an earlier step of the route decides the target.
   */
  public void setCommand(@Nullable String command) {
    this.command = command;
  }

  public @Nullable String getArgs() {
    return args;
  }

  /**
   * The program's arguments, separated by commas. Arguments that hold commas themselves: repeat the
   * option, once for each argument. Each argument reaches the program as it is; no shell reads it.
   */
  public void setArgs(@Nullable String args) {
    this.args = args;
  }

  /** The arguments one by one, for those that hold commas. */
  void setArguments(List<String> each) {
    arguments = List.copyOf(each);
  }

  public Map<String, Object> getEnv() {
    return env;
  }

  /**
   * Environment variables for the program, beside the few safe ones that it gets from the router's
   * own environment (such as HOME, PATH, LANG).
   */
  public void setEnv(Map<String, Object> env) {
    this.env = env;
  }

  public @Nullable String getCwd() {
    return cwd;
  }

  /** The program's working directory, by default the router's own. */
  public void setCwd(@Nullable String cwd) {
    this.cwd = cwd;
  }

  public String getStderr() {
    return stderr;
  }

  /**
   * Where the program's error output goes: inherit (to the router's), pipe (the newest lines are
   * kept and can be read from the component), ignore, or the number of a file descriptor that the
   * router has open for writing.
   */
  public void setStderr(String stderr) {
    ErrorRedirect.parse(stderr);
    this.stderr = stderr;
  }

  public long getInitTimeout() {
    return initTimeout;
  }

  /** Limit in milliseconds for starting the program and initializing the conversation. */
  public void setInitTimeout(long initTimeout) {
    this.initTimeout = initTimeout;
  }

  public long getCloseWait() {
    return closeWait;
  }

  /**
   * How long in milliseconds a closed program may take to end after the end of its input, and again
   * after SIGTERM, before the whole process tree gets SIGKILL.
   */
  public void setCloseWait(long closeWait) {
    this.closeWait = closeWait;
  }

  public int getMaxMessageBytes() {
    return maxMessageBytes;
  }

  /** Longest line, and so largest message in bytes, taken from the program. */
  public void setMaxMessageBytes(int maxMessageBytes) {
    this.maxMessageBytes = maxMessageBytes;
  }

  public int getMaxDepth() {
    return maxDepth;
  }

  /** Deepest nesting of a message taken from the program. */
  public void setMaxDepth(int maxDepth) {
    this.maxDepth = maxDepth;
  }

  public int getMaxPending() {
    return maxPending;
  }

  /** Most calls that may be open at once. */
  public void setMaxPending(int maxPending) {
    this.maxPending = maxPending;
  }

  public int getMaxQueuedBytes() {
    return maxQueuedBytes;
  }

  /** Most bytes that may wait until the program reads them. */
  public void setMaxQueuedBytes(int maxQueuedBytes) {
    this.maxQueuedBytes = maxQueuedBytes;
  }

  ConnectionOptions options(String server) {
    return ConnectionOptions.plain(
        server,
        Duration.ofMillis(initTimeout),
        new ConnectionOptions.Limits(maxMessageBytes, maxDepth, maxPending, maxQueuedBytes));
  }

  ProcessTarget target() {
    List<String> line = new ArrayList<>();
    line.add(command == null ? "" : command);
    line.addAll(arguments());
    Map<String, String> variables = new HashMap<>();
    env.forEach((name, value) -> variables.put(name, String.valueOf(value)));
    Path directory = cwd == null || cwd.isBlank() ? null : Path.of(cwd);
    return new ProcessTarget(
        line, variables, directory, ErrorRedirect.parse(stderr), "configured", false);
  }

  private List<String> arguments() {
    if (arguments != null) {
      return arguments;
    }
    return args == null || args.isEmpty() ? List.of() : List.of(args.split(",", -1));
  }
}
