package io.mcprouter.transport.spi;

import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultEndpoint;

/** One server over one transport. It makes producers and owns no connection. */
public abstract class McpEndpoint extends DefaultEndpoint {
  private final String server;

  protected McpEndpoint(String uri, Component component, String server) {
    super(uri, component);
    this.server = server;
  }

  /** The server's name, the part of the URI behind the scheme. */
  public String server() {
    return server;
  }

  /** What opens connections to the server. */
  public abstract McpConnector connector();

  /** Options of a connection as the endpoint's own options say. */
  public abstract ConnectionOptions connectionOptions();

  /** The target that the endpoint's own options describe. */
  protected abstract ConnectionTarget configuredTarget() throws McpFailure;

  /**
   * Where this exchange's call goes: as an earlier step of the route decided, else as the options
   * say.
   */
  public ConnectionTarget target(Exchange exchange) throws McpFailure {
    ConnectionTarget decided = exchange.getProperty(McpConstants.TARGET, ConnectionTarget.class);
    return decided != null ? decided : configuredTarget();
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new UnsupportedOperationException(
        getEndpointUri() + " can only be called: use it in a 'to'");
  }
}
