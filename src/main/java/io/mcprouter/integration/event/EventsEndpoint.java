package io.mcprouter.integration.event;

import io.mcprouter.protocol.LogLevel;
import io.mcprouter.routing.ServerCalls;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/** Start a route by what happens at an MCP server. */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = EventsConstants.SCHEME,
    title = "MCP Events",
    syntax = "mcp-events:server",
    consumerOnly = true,
    remote = true,
    category = {Category.AI},
    headersClass = EventsConstants.class)
public final class EventsEndpoint extends DefaultEndpoint {
  static final String ALL = "*";

  @UriPath(description = "The server, or * for all")
  @Metadata(required = true)
  private final String server;

  @UriParam(
      defaultValue = "list,resource,log,status",
      description =
          "Which events, separated by commas: list, resource, log, status, call. By default all but"
              + " call, of which there are many")
  private String kinds = "list,resource,log,status";

  @UriParam(defaultValue = "map", description = "What the body is: a Map, or JSON as text")
  private EventFormat format = EventFormat.map;

  @UriParam(
      defaultValue = "1000",
      description = "How many events may wait for the route; further ones are dropped, and counted")
  private int queueSize = 1_000;

  @UriParam(
      description =
          "URIs of resources to subscribe to, separated by commas; needs a server's name. By default"
              + " only what clients subscribe to is heard of")
  private @Nullable String resources;

  @UriParam(
      enums = "debug,info,notice,warning,error,critical,alert,emergency",
      description =
          "The level from which on to ask the server for log messages; needs a server's name. By"
              + " default the server, or what clients ask for, decides")
  private @Nullable String logLevel;

  private final EventsComponent component;

  EventsEndpoint(String uri, EventsComponent component, String server) {
    super(uri, component);
    this.component = component;
    this.server = server;
  }

  public String getServer() {
    return server;
  }

  public String getKinds() {
    return kinds;
  }

  public void setKinds(String kinds) {
    this.kinds = kinds;
  }

  public EventFormat getFormat() {
    return format;
  }

  public void setFormat(EventFormat format) {
    this.format = format;
  }

  public int getQueueSize() {
    return queueSize;
  }

  public void setQueueSize(int queueSize) {
    this.queueSize = queueSize;
  }

  public @Nullable String getResources() {
    return resources;
  }

  public void setResources(@Nullable String resources) {
    this.resources = resources;
  }

  public @Nullable String getLogLevel() {
    return logLevel;
  }

  public void setLogLevel(@Nullable String logLevel) {
    this.logLevel = logLevel;
  }

  /** What to ask the server for; null for nothing. */
  private @Nullable Wishes wishes() {
    List<String> uris =
        resources == null ? List.of() : List.of(resources.strip().split("\\s*,\\s*", -1));
    if (uris.isEmpty() && logLevel == null) {
      return null;
    }
    ServerCalls calls = component.getCalls();
    if (server.equals(ALL) || calls == null) {
      throw new IllegalArgumentException(
          "mcp-events:" + server + ": the options resources and logLevel need a server's name");
    }
    return new Wishes(calls, server, uris, level());
  }

  private @Nullable LogLevel level() {
    return logLevel == null
        ? null
        : LogLevel.of(logLevel)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "mcp-events:%s: option logLevel: '%s' is no level of MCP"
                            .formatted(server, logLevel)));
  }

  /** The kinds that the option names. */
  Set<EventKind> wanted() {
    Set<EventKind> wanted = EnumSet.noneOf(EventKind.class);
    for (String kind : kinds.split(",", -1)) {
      try {
        wanted.add(EventKind.valueOf(kind.strip()));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "mcp-events:%s: option kinds: '%s' is none of %s"
                .formatted(server, kind.strip(), Arrays.toString(EventKind.values())),
            e);
      }
    }
    return wanted;
  }

  /** Whether an event is one of this endpoint's server. */
  boolean concerns(ServerEvent event) {
    return server.equals(ALL) || server.equals(event.server());
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    EventBus bus = component.getBus();
    if (bus == null) {
      throw new IllegalStateException(
          "mcp-events:" + server + ": there are no events outside of the router");
    }
    Consumer consumer = new EventsConsumer(this, processor, bus, wishes());
    configureConsumer(consumer);
    return consumer;
  }

  @Override
  public Producer createProducer() {
    throw new UnsupportedOperationException(
        "mcp-events:" + server + " can only start a route: use it in a 'from'");
  }
}
