package io.mcprouter.transport.spi;

import io.mcprouter.protocol.Frame;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.TCPSSLOptions;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.component.vertx.common.VertxHelper;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.util.PropertiesHelper;
import org.jspecify.annotations.Nullable;

/**
 * What components of remote servers have in common: the Vert.x instance that carries their
 * connections, TLS as camel-vertx-websocket sets it up, and where connections come from.
 */
public abstract class RemoteComponent extends DefaultComponent
    implements SSLContextParametersAware {
  private static final String HEADER = "header.";

  @Metadata(
      label = "advanced",
      autowired = true,
      description =
          "The Vert.x instance that carries the connections. By default the component makes one of"
              + " its own.")
  private @Nullable Vertx vertx;

  @Metadata(label = "advanced", description = "Options for the component's own Vert.x instance")
  private @Nullable VertxOptions vertxOptions;

  @Metadata(
      label = "advanced",
      autowired = true,
      description =
          "Where connections come from. By default each endpoint opens one of its own and keeps it.")
  private McpConnections connections = new EndpointConnections();

  @Metadata(
      label = "security",
      defaultValue = "false",
      description = "Whether to use the context's TLS parameters where an endpoint has none")
  private boolean useGlobalSslContextParameters;

  @Metadata(
      label = "security",
      description =
          "Where connections may go. By default anywhere, since the author of a route writes the"
              + " addresses.")
  private AddressPolicy addressPolicy = AddressPolicy.OPEN;

  private volatile AddressGuard guard = new AddressGuard(AddressPolicy.OPEN);
  private boolean ownsVertx;

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    String server = remaining; // Camel has decoded it
    if (server.isBlank()) {
      throw new IllegalArgumentException("the server's name is missing behind the scheme");
    }
    Map<String, Object> headers = PropertiesHelper.extractProperties(parameters, HEADER);
    Endpoint endpoint = createEndpoint(uri, server, Map.copyOf(headers), parameters);
    setProperties(endpoint, parameters);
    return endpoint;
  }

  /** Makes the endpoint; its other options are set afterwards. */
  protected abstract Endpoint createEndpoint(
      String uri, String server, Map<String, Object> headers, Map<String, Object> parameters);

  @Override
  protected void doInit() throws Exception {
    super.doInit();
    TypeConverterRegistry converters = getCamelContext().getTypeConverterRegistry();
    if (converters.lookup(String.class, Frame.class) == null) {
      converters.addTypeConverters(new FrameConverters());
    }
  }

  @Override
  protected void doStop() throws Exception {
    super.doStop();
    Vertx own = releasedVertx();
    if (own != null) {
      own.close();
    }
  }

  private synchronized @Nullable Vertx releasedVertx() {
    if (!ownsVertx) {
      return null;
    }
    Vertx own = vertx;
    ownsVertx = false;
    vertx = null;
    return own;
  }

  /** The Vert.x instance that was set, or the component's own, made when first needed. */
  protected final synchronized Vertx vertx() {
    Vertx instance = vertx;
    if (instance == null) {
      instance = Vertx.vertx(vertxOptions == null ? new VertxOptions() : vertxOptions);
      vertx = instance;
      ownsVertx = true;
    }
    return instance;
  }

  /** Sets keys and trusted certificates: an endpoint's own, else the context's, else Java's. */
  protected final void setUpTls(
      String server, @Nullable SSLContextParameters own, TCPSSLOptions options) throws McpFailure {
    SSLContextParameters parameters = own == null ? retrieveGlobalSslContextParameters() : own;
    if (parameters == null) {
      return;
    }
    try {
      VertxHelper.setupSSLOptions(getCamelContext(), parameters, options);
      // the helper wraps what is absent too, and Vert.x fails on it
      if (parameters.getKeyManagers() == null) {
        options.setKeyCertOptions(null);
      }
      if (parameters.getTrustManagers() == null) {
        options.setTrustOptions(null);
      }
    } catch (Exception e) {
      throw McpFailure.of(
          McpFailure.Kind.NOT_CONFIGURED,
          server,
          "its sslContextParameters cannot be used (" + e.getClass().getSimpleName() + ")");
    }
  }

  /** Where the connections of a session go, by the component's address policy. */
  public final PinnedAddress address(String server, RemoteTarget target) {
    return guard.address(server, target);
  }

  public AddressPolicy getAddressPolicy() {
    return addressPolicy;
  }

  /** Sets where connections may go; what is open stays so. */
  public void setAddressPolicy(AddressPolicy addressPolicy) {
    this.addressPolicy = addressPolicy;
    this.guard = new AddressGuard(addressPolicy);
  }

  public @Nullable Vertx getVertx() {
    return vertx;
  }

  public synchronized void setVertx(@Nullable Vertx vertx) {
    this.vertx = vertx;
  }

  public @Nullable VertxOptions getVertxOptions() {
    return vertxOptions;
  }

  public void setVertxOptions(@Nullable VertxOptions vertxOptions) {
    this.vertxOptions = vertxOptions;
  }

  public McpConnections getConnections() {
    return connections;
  }

  /** Sets where connections come from; the router's sessions take this place. */
  public void setConnections(McpConnections connections) {
    this.connections = connections;
  }

  @Override
  public boolean isUseGlobalSslContextParameters() {
    return useGlobalSslContextParameters;
  }

  @Override
  public void setUseGlobalSslContextParameters(boolean useGlobalSslContextParameters) {
    this.useGlobalSslContextParameters = useGlobalSslContextParameters;
  }
}
