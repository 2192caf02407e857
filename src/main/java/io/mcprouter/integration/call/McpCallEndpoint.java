package io.mcprouter.integration.call;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/** Call a tool, read a resource or get a prompt of an MCP server. */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = McpCallConstants.SCHEME,
    title = "MCP Call",
    syntax = "mcp-call:target",
    producerOnly = true,
    remote = true,
    category = {Category.AI},
    headersClass = McpCallConstants.class)
public final class McpCallEndpoint extends DefaultEndpoint {
  @UriPath(
      description =
          "The server and its tool as server/tool; or one of the words tool, resource and prompt,"
              + " where options or headers name the rest")
  @Metadata(required = true)
  private final String target;

  @UriParam private final McpCallConfiguration configuration;

  private final McpCallComponent component;
  private final CallKind kind;
  private final @Nullable String server;
  private final @Nullable String name;
  private @Nullable EndpointCalls via;

  McpCallEndpoint(
      String uri, McpCallComponent component, String target, McpCallConfiguration configuration) {
    super(uri, component);
    this.component = component;
    this.target = target;
    this.configuration = configuration;
    int slash = target.indexOf('/');
    CallKind word = CallKind.ofWord(target);
    if (word == null && (slash <= 0 || slash == target.length() - 1)) {
      throw new IllegalArgumentException(
          "mcp-call:" + target + ": write <server>/<tool>, or tool, resource or prompt");
    }
    this.kind = word == null ? CallKind.TOOL : word;
    this.server = word == null ? target.substring(0, slash) : null;
    this.name = word == null ? target.substring(slash + 1) : null;
  }

  public String getTarget() {
    return target;
  }

  public McpCallConfiguration getConfiguration() {
    return configuration;
  }

  ArgumentSchemas schemas() {
    return component.schemas();
  }

  /** Where calls go. */
  McpCalls calls() {
    return via == null ? component.target() : via;
  }

  /**
   * What a message's call is of. A header names only what the endpoint does not.
   *
   * @throws IllegalArgumentException where nothing names it
   */
  CallTarget target(Message message) {
    String called = first(name, configuration.name(kind), header(message, kind.header()));
    if (called == null) {
      throw new IllegalArgumentException(
          "mcp-call:%s: which %s? Set the option '%s' or the header %s"
              .formatted(target, kind.word(), kind.word(), kind.header()));
    }
    String of = first(server, configuration.getServer(), header(message, McpCallConstants.SERVER));
    return new CallTarget(kind, of, called);
  }

  private static @Nullable String header(Message message, String name) {
    return message.getHeader(name, String.class);
  }

  private static @Nullable String first(@Nullable String... names) {
    for (String name : names) {
      if (name != null && !name.isEmpty()) {
        return name;
      }
    }
    return null;
  }

  @Override
  public Producer createProducer() {
    return new McpCallProducer(this);
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new UnsupportedOperationException(
        "mcp-call:" + target + " can only be called: use it in a 'to'");
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    String uri = configuration.getVia();
    if (uri != null) {
      via = new EndpointCalls(getCamelContext(), any -> uri);
      ServiceHelper.startService(via);
    }
  }

  @Override
  protected void doStop() throws Exception {
    ServiceHelper.stopAndShutdownService(via);
    via = null;
    super.doStop();
  }
}
