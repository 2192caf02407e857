package io.mcprouter.transport.stdio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A server, written for the shell, that does not want to go: it and its grandchildren ignore TERM,
 * HUP, INT and the end of the input, and one grandchild is in a session of its own, without a
 * parent. They write their process ids to a file before the server answers.
 */
final class StubbornServer {
  private static final String TEXT =
      """
      trap '' TERM HUP INT
      pids=$1
      echo $$ >"$pids"
      read -r initialize
      sh -c 'trap "" TERM; echo $$ >>"$0"; while :; do sleep 1; done' "$pids" </dev/null &
      (setsid sh -c 'trap "" TERM; echo $$ >>"$0"; while :; do sleep 1; done' "$pids" </dev/null &)
      until [ "$(grep -c . "$pids")" -eq 3 ]; do sleep 0.05; done
      echo '{"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"2025-06-18","capabilities":{}}}'
      read -r initialized
      read -r call
      echo '{"jsonrpc":"2.0","id":1,"result":{}}'
      while :; do sleep 1; done
      """;

  private StubbornServer() {}

  static List<String> command(Path pids) {
    return List.of("/bin/sh", "-c", TEXT, "stubborn-server", pids.toString());
  }

  /** The server and, behind it, its two grandchildren. */
  static List<ProcessHandle> processes(Path pids) throws IOException {
    return Files.readAllLines(pids).stream()
        .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
        .toList();
  }
}
