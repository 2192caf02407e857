package io.mcprouter.transport.stdio;

import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.spi.EndpointConnections;
import io.mcprouter.transport.spi.FrameConverters;
import io.mcprouter.transport.spi.McpConnections;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.ProcessTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.util.PropertiesHelper;
import org.jspecify.annotations.Nullable;

/**
 * Creates endpoints for MCP servers that run as child processes, and owns these processes: when the
 * component stops, none is left.
 */
@Component(StdioConstants.SCHEME)
public final class StdioComponent extends DefaultComponent {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(6);
  private static final String ENV = "env.";
  private static final String ARGS = "args";

  @Metadata(
      label = "advanced",
      autowired = true,
      description =
          "Where connections come from. By default each endpoint opens one of its own and keeps it.")
  private McpConnections connections = new EndpointConnections();

  private final ErrorOutputs errors = new ErrorOutputs();
  private @Nullable StdioConnector processes;

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    String server = remaining; // Camel has decoded it
    if (server.isBlank()) {
      throw new IllegalArgumentException("mcp-stdio needs a server name: mcp-stdio:server");
    }
    StdioConfiguration configuration = new StdioConfiguration();
    configuration.setEnv(new HashMap<>(PropertiesHelper.extractProperties(parameters, ENV)));
    if (parameters.get(ARGS) instanceof List<?> each) {
      parameters.remove(ARGS);
      configuration.setArguments(each.stream().map(String::valueOf).toList());
    }
    StdioEndpoint endpoint = new StdioEndpoint(uri, this, server, configuration);
    setProperties(endpoint, parameters);
    return endpoint;
  }

  public McpConnections getConnections() {
    return connections;
  }

  /** Sets where connections come from; the router's sessions take this place. */
  public void setConnections(McpConnections connections) {
    this.connections = connections;
  }

  /**
   * The newest lines, the oldest first, that a server with {@code stderr=pipe} wrote to its error
   * output: at most 500 lines and 64 Ki characters, also after its process ended. They are the
   * server's own words and may hold secrets.
   */
  public List<String> errorOutput(String server) {
    return errors.lines(server);
  }

  /**
   * Where the program of a target is, as a start would find it; nothing is started.
   *
   * @throws McpFailure when there is none, or no working directory
   */
  public static Path program(String server, ProcessTarget target) throws McpFailure {
    Map<String, String> environment =
        ChildEnvironment.of(System.getenv(), target.env(), Program.WINDOWS);
    return new Program(server, target.command().getFirst()).find(environment, target.cwd());
  }

  /** How many child processes run or are being ended. */
  public synchronized int childProcesses() {
    return processes == null ? 0 : processes.children();
  }

  synchronized StdioConnector processes() {
    if (processes == null) {
      processes = new StdioConnector(errors);
    }
    return processes;
  }

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
    StdioConnector open;
    synchronized (this) {
      open = processes;
      processes = null;
    }
    if (open != null) {
      open.close(STOP_LIMIT);
    }
    super.doStop();
  }
}
