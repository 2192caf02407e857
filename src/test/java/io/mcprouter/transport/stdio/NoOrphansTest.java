package io.mcprouter.transport.stdio;

import static io.mcprouter.transport.stdio.StdioCamel.target;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.transport.spi.ConnectionListener;
import io.mcprouter.transport.spi.McpConnection;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@EnabledOnOs(OS.LINUX)
class NoOrphansTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path directory;

  private Path pids() {
    return directory.resolve("pids");
  }

  private RunningRouter startRouter() throws Exception {
    return RunningRouter.start(
        JavaProgram.command(RouterProgram.class, "stubborn", pids().toString()), Redirect.DISCARD);
  }

  private static void awaitNoneAlive(List<ProcessHandle> processes) {
    await().atMost(SOON).until(() -> processes.stream().noneMatch(NoOrphansTest::runs));
  }

  /** A process that has ended may still wait for its parent to take notice. */
  private static boolean runs(ProcessHandle process) {
    try {
      String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      return process.isAlive() && !stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
    } catch (IOException gone) {
      return false;
    }
  }

  @Test
  void closing_ends_a_stubborn_child_and_its_grandchildren_without_blocking() throws Exception {
    try (StdioCamel camel = new StdioCamel()) {
      StdioEndpoint endpoint =
          camel.context().getEndpoint("mcp-stdio:stubborn?closeWait=300", StdioEndpoint.class);
      McpConnection connection =
          endpoint
              .connector()
              .open(
                  target(StubbornServer.command(pids())),
                  endpoint.connectionOptions(),
                  ConnectionListener.NONE)
              .get(30, SECONDS);
      List<ProcessHandle> processes = StubbornServer.processes(pids());
      assertThat(processes).hasSize(3).allMatch(NoOrphansTest::runs);

      CompletableFuture<Void> closed = connection.close();
      assertThat(closed).as("a stubborn child takes longer than this").isNotDone();

      closed.get(30, SECONDS);
      assertThat(processes).noneMatch(NoOrphansTest::runs);
      assertThat(camel.component().childProcesses()).isZero();
    }
  }

  @Test
  void the_grandchildren_of_a_child_that_died_are_ended_too() throws Exception {
    try (StdioCamel camel = new StdioCamel()) {
      camel.route("stubborn", "mcp-stdio:stubborn?closeWait=200");
      camel
          .call("stubborn", target(StubbornServer.command(pids())), StdioCamel.tool("any"))
          .get(30, SECONDS);
      List<ProcessHandle> processes = StubbornServer.processes(pids());

      processes.getFirst().destroyForcibly();

      awaitNoneAlive(processes);
    }
  }

  @Test
  void stopping_the_endpoint_ends_its_child() throws Exception {
    try (StdioCamel camel = new StdioCamel()) {
      camel.route("raw", "mcp-stdio:raw?closeWait=5000");
      camel.call("raw", target(RawServer.command()), StdioCamel.tool("echo")).get(30, SECONDS);
      assertThat(camel.component().childProcesses()).isEqualTo(1);

      camel.removeRoute("raw");
      camel.context().removeEndpoints("mcp-stdio:*");

      await().atMost(SOON).until(() -> camel.component().childProcesses() == 0);
    }
  }

  @Test
  void many_children_that_close_at_once_give_everything_back() throws Exception {
    try (StdioCamel camel = new StdioCamel()) {
      StdioEndpoint endpoint =
          camel.context().getEndpoint("mcp-stdio:many?closeWait=5000", StdioEndpoint.class);
      openAndClose(endpoint, 1);
      long descriptors = descriptors();

      openAndClose(endpoint, 40);

      assertThat(camel.component().childProcesses()).isZero();
      await().atMost(SOON).until(() -> descriptors() <= descriptors);
      await().atMost(SOON).until(() -> threads().isEmpty());
    }
  }

  /** Pipes alone: whatever else this JVM has open belongs to other tests. */
  private static long descriptors() throws IOException {
    try (Stream<Path> entries = Files.list(Path.of("/proc/self/fd"))) {
      return entries.filter(NoOrphansTest::isPipe).count();
    }
  }

  private static boolean isPipe(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("pipe:");
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("mcp-stdio-") && name.contains("many"))
        .toList();
  }

  private static void openAndClose(StdioEndpoint endpoint, int count) {
    String polite =
        """
        read -r initialize
        echo '{"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"2025-06-18","capabilities":{}}}'
        while read -r line; do :; done
        """;
    List<CompletableFuture<McpConnection>> opening =
        Stream.generate(
                () ->
                    endpoint
                        .connector()
                        .open(
                            target(List.of("/bin/sh", "-c", polite)),
                            endpoint.connectionOptions(),
                            ConnectionListener.NONE))
            .limit(count)
            .toList();
    List<McpConnection> open = opening.stream().map(CompletableFuture::join).toList();
    CompletableFuture.allOf(
            open.stream().map(McpConnection::close).toArray(CompletableFuture[]::new))
        .join();
  }

  @Test
  void killing_the_router_the_hard_way_leaves_no_process() throws Exception {
    try (RunningRouter router = startRouter()) {
      List<ProcessHandle> processes = StubbornServer.processes(pids());
      List<ProcessHandle> guards = router.guards();
      assertThat(processes).hasSize(3).allMatch(NoOrphansTest::runs);
      assertThat(guards).hasSize(1);

      router.process().destroyForcibly().waitFor();

      awaitNoneAlive(processes);
      awaitNoneAlive(guards);
    }
  }

  @Test
  void a_terminated_router_leaves_no_process() throws Exception {
    try (RunningRouter router = startRouter()) {
      List<ProcessHandle> processes = StubbornServer.processes(pids());
      List<ProcessHandle> guards = router.guards();

      router.process().destroy();

      awaitNoneAlive(processes);
      awaitNoneAlive(guards);
    }
  }

  @Test
  void a_guard_that_dies_is_replaced_and_the_new_one_does_the_work() throws Exception {
    try (RunningRouter router = startRouter()) {
      List<ProcessHandle> processes = StubbornServer.processes(pids());
      ProcessHandle first = router.guards().getFirst();

      first.destroyForcibly();
      await()
          .atMost(SOON)
          .until(() -> router.guards().size() == 1 && !router.guards().getFirst().equals(first));
      router.process().destroyForcibly().waitFor();

      awaitNoneAlive(processes);
    }
  }

  @Test
  void the_guard_does_not_mind_the_signals_of_a_terminal() throws Exception {
    try (RunningRouter router = startRouter()) {
      ProcessHandle guard = router.guards().getFirst();

      guard.destroy();
      router.process().destroyForcibly().waitFor();

      awaitNoneAlive(StubbornServer.processes(pids()));
      awaitNoneAlive(List.of(guard));
    }
  }
}
