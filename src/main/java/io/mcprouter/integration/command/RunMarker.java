package io.mcprouter.integration.command;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A value in the environment of one run of a program. All that it starts inherits it, so that on
 * Linux also a process is found whose parent has ended. Elsewhere, and where a process has cleared
 * its environment or changed its user, nothing is found.
 */
record RunMarker(String value) {
  static final String VARIABLE = "MCP_ROUTER_PROGRAM_RUN";

  static RunMarker fresh() {
    return new RunMarker(UUID.randomUUID().toString());
  }

  /** The living processes that carry it. */
  Stream<ProcessHandle> carriers() {
    return ProcessHandle.allProcesses().filter(process -> isIn(process.pid()));
  }

  private boolean isIn(long pid) {
    // no channel: the thread may be interrupted, which would close one
    try (InputStream environment = new FileInputStream("/proc/" + pid + "/environ")) {
      String variables = new String(environment.readAllBytes(), StandardCharsets.ISO_8859_1);
      return ("\0" + variables).contains("\0" + VARIABLE + "=" + value + "\0");
    } catch (IOException foreignOrEnded) {
      return false;
    }
  }
}
