package io.mcprouter.integration.event;

import io.mcprouter.routing.ServerCalls;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.jspecify.annotations.Nullable;

/** Starts routes by what happens at MCP servers. */
@Component(EventsConstants.SCHEME)
public final class EventsComponent extends DefaultComponent {
  @Metadata(
      label = "advanced",
      autowired = true,
      description = "Where events come from: the router")
  private @Nullable EventBus bus;

  @Metadata(
      label = "advanced",
      autowired = true,
      description = "How servers are asked for events: the router")
  private @Nullable ServerCalls calls;

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    if (remaining.isBlank()) {
      throw new IllegalArgumentException("mcp-events: name a server, or * for all");
    }
    EventsEndpoint endpoint = new EventsEndpoint(uri, this, remaining);
    setProperties(endpoint, parameters);
    return endpoint;
  }

  public @Nullable EventBus getBus() {
    return bus;
  }

  /** Sets where events come from. */
  public void setBus(@Nullable EventBus bus) {
    this.bus = bus;
  }

  public @Nullable ServerCalls getCalls() {
    return calls;
  }

  /** Sets how servers are asked for events. */
  public void setCalls(@Nullable ServerCalls calls) {
    this.calls = calls;
  }
}
