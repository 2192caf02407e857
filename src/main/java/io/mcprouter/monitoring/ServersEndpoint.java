package io.mcprouter.monitoring;

import java.util.List;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** {@code /actuator/mcpservers}: the servers of the file and whether they can be reached. */
@Endpoint(id = "mcpservers")
public final class ServersEndpoint {
  private final ServerReports reports;

  public ServersEndpoint(ServerReports reports) {
    this.reports = reports;
  }

  @ReadOperation
  public Servers servers() {
    return new Servers(reports.all());
  }

  /** The servers in the order of the file. */
  public record Servers(List<ServerReport> servers) {}
}
