package io.mcprouter.config;

import java.util.List;

/** What came of reading a file. */
public sealed interface McpServersFile {
  /** Every fault, in the order of the file. */
  List<Fault> faults();

  /** The file has servers to offer, some of which may have failed. */
  record Accepted(ServerSet servers) implements McpServersFile {
    @Override
    public List<Fault> faults() {
      return servers.faults();
    }
  }

  /** The file is wrong as a whole: missing, too large, no YAML, or without {@code mcpServers}. */
  record Refused(List<Fault> faults) implements McpServersFile {
    public Refused {
      faults = List.copyOf(faults);
    }
  }
}
