package io.mcprouter.integration.call;

import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** The options of an {@code mcp-call} endpoint. */
@UriParams
public final class McpCallConfiguration {
  @UriParam(description = "The server, where the target is a word; by default that of the header")
  private @Nullable String server;

  @UriParam(description = "The tool, where the target is the word tool")
  private @Nullable String tool;

  @UriParam(description = "The URI of the resource, where the target is the word resource")
  private @Nullable String resource;

  @UriParam(description = "The prompt, where the target is the word prompt")
  private @Nullable String prompt;

  @UriParam(
      defaultValue = "body",
      description =
          "Where arguments come from: the body (JSON, Map or bean), or the headers that the tool's"
              + " schema names")
  private ArgumentSource arguments = ArgumentSource.body;

  @UriParam(
      defaultValue = "auto",
      description =
          "What the body becomes: what fits (auto), structured content (structured, or json as"
              + " text), all text, the list of content items, the first blob as a stream, or the raw"
              + " message")
  private ResultForm result = ResultForm.auto;

  @UriParam(
      defaultValue = "exception",
      description =
          "What a tool's own error (isError) becomes: an exception, or the header CamelMcpIsError")
  private ToolErrors toolErrors = ToolErrors.exception;

  @UriParam(
      defaultValue = "false",
      description =
          "Whether arguments are checked against the tool's schema before anything is sent")
  private boolean validate;

  @UriParam(
      javaType = "java.time.Duration",
      description =
          "Limit of a call in milliseconds, progress or not. By default the server's own; in a"
              + " plain application 30 seconds")
  private long timeout;

  @UriParam(
      label = "security",
      description = "The id of the user on whose behalf to call, in place of any other caller")
  private @Nullable String user;

  @UriParam(
      label = "security",
      description =
          "The header with the id of the user on whose behalf to call. Only for headers that cannot"
              + " come from outside; a message without it fails")
  private @Nullable String userHeader;

  @UriParam(
      description =
          "The endpoint that gets each progress message of the call, such as direct:progress; or"
              + " caller, for the client of the tool that this route is")
  private @Nullable String progress;

  @UriParam(
      description =
          "The endpoint that gets each log message of the call, or caller, as with progress")
  private @Nullable String logs;

  @UriParam(
      label = "advanced",
      description =
          "The endpoint of the server, such as mcp-http:docs?url=..., in place of the router's or"
              + " the component's servers")
  private @Nullable String via;

  public @Nullable String getServer() {
    return server;
  }

  public void setServer(@Nullable String server) {
    this.server = server;
  }

  public @Nullable String getTool() {
    return tool;
  }

  public void setTool(@Nullable String tool) {
    this.tool = tool;
  }

  public @Nullable String getResource() {
    return resource;
  }

  public void setResource(@Nullable String resource) {
    this.resource = resource;
  }

  public @Nullable String getPrompt() {
    return prompt;
  }

  public void setPrompt(@Nullable String prompt) {
    this.prompt = prompt;
  }

  public ArgumentSource getArguments() {
    return arguments;
  }

  public void setArguments(ArgumentSource arguments) {
    this.arguments = arguments;
  }

  public ResultForm getResult() {
    return result;
  }

  public void setResult(ResultForm result) {
    this.result = result;
  }

  public ToolErrors getToolErrors() {
    return toolErrors;
  }

  public void setToolErrors(ToolErrors toolErrors) {
    this.toolErrors = toolErrors;
  }

  public boolean isValidate() {
    return validate;
  }

  public void setValidate(boolean validate) {
    this.validate = validate;
  }

  public long getTimeout() {
    return timeout;
  }

  public void setTimeout(long timeout) {
    this.timeout = timeout;
  }

  public @Nullable String getUser() {
    return user;
  }

  public void setUser(@Nullable String user) {
    this.user = user;
  }

  public @Nullable String getUserHeader() {
    return userHeader;
  }

  public void setUserHeader(@Nullable String userHeader) {
    this.userHeader = userHeader;
  }

  public @Nullable String getProgress() {
    return progress;
  }

  public void setProgress(@Nullable String progress) {
    this.progress = progress;
  }

  public @Nullable String getLogs() {
    return logs;
  }

  public void setLogs(@Nullable String logs) {
    this.logs = logs;
  }

  public @Nullable String getVia() {
    return via;
  }

  public void setVia(@Nullable String via) {
    this.via = via;
  }

  /** The option that names what is called where the target is a word. */
  @Nullable String name(CallKind kind) {
    return switch (kind) {
      case TOOL -> tool;
      case RESOURCE -> resource;
      case PROMPT -> prompt;
    };
  }
}
