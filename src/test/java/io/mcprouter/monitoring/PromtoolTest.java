package io.mcprouter.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prometheus' own tool reads the shipped files. CI has it; elsewhere it may be missing. */
class PromtoolTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "check config prometheus.yml",
        "check rules alerts.yml",
        "test rules alerts.test.yml"
      })
  void promtool_accepts(String command) throws IOException, InterruptedException {
    boolean ci = Boolean.parseBoolean(System.getenv("CI"));
    assumeThat(ci || isOnPath()).as("promtool is on the PATH, or this is CI").isTrue();
    List<String> line =
        Stream.concat(Stream.of("promtool"), Stream.of(command.split(" "))).toList();
    Process process =
        new ProcessBuilder(line)
            .directory(MonitoringFiles.DIRECTORY.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private static boolean isOnPath() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "promtool")));
  }
}
