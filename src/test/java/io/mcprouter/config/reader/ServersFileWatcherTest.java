package io.mcprouter.config.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mcprouter.config.Fault;
import io.mcprouter.config.McpServersFile;
import io.mcprouter.config.ServerSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServersFileWatcherTest {
  private static final String ONE = "mcpServers:\n  one: {command: x}\n";
  private static final String TWO = "mcpServers:\n  one: {command: x}\n  two: {command: x}\n";

  @TempDir Path directory;
  private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();
  private Path file;
  private @Nullable ServersFileWatcher watcher;

  @BeforeEach
  void write() throws IOException {
    file = directory.resolve("servers.yaml");
    Files.writeString(file, ONE);
  }

  @AfterEach
  void close() throws IOException {
    if (watcher != null) {
      watcher.close();
    }
  }

  private McpServersFile watch(Path path) {
    McpServersReader reader = new McpServersReader(name -> null, false);
    watcher = new ServersFileWatcher(path, reader, listener(), Duration.ofMillis(200));
    return watcher().start();
  }

  private ServersFileWatcher watcher() {
    return Objects.requireNonNull(watcher);
  }

  private ServersFileWatcher.Listener listener() {
    return new ServersFileWatcher.Listener() {
      @Override
      public void changed(ServerSet next) {
        told.add(next);
      }

      @Override
      public void refused(List<Fault> faults) {
        told.add(faults);
      }
    };
  }

  private <T> T next(Class<T> type) throws InterruptedException {
    Object next = told.poll(20, TimeUnit.SECONDS);
    assertThat(next).isInstanceOf(type);
    return type.cast(next);
  }

  @Test
  void the_first_reading_is_returned_and_not_told() {
    assertThat(watch(file)).isInstanceOf(McpServersFile.Accepted.class);
    assertThat(watcher().current().servers()).containsOnlyKeys("one");
    assertThat(told).isEmpty();
    assertThatThrownBy(() -> watcher().start()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_file_written_in_place_is_read_again() throws Exception {
    watch(file);
    Files.writeString(file, TWO);
    assertThat(next(ServerSet.class).servers()).containsOnlyKeys("one", "two");
    assertThat(watcher().current().servers()).containsOnlyKeys("one", "two");
  }

  @Test
  void a_file_replaced_by_an_editor_is_read_again() throws Exception {
    watch(file);
    Path next = directory.resolve(".servers.yaml.swp");
    Files.writeString(next, TWO);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    assertThat(next(ServerSet.class).servers()).containsOnlyKeys("one", "two");
  }

  @Test
  void a_directory_swapped_behind_a_symbolic_link_is_read_again() throws Exception {
    Path first = Files.createDirectory(directory.resolve("..2026_1"));
    Path second = Files.createDirectory(directory.resolve("..2026_2"));
    Files.writeString(first.resolve("mounted.yaml"), ONE);
    Files.writeString(second.resolve("mounted.yaml"), TWO);
    Path data = Files.createSymbolicLink(directory.resolve("..data"), first);
    Path mounted =
        Files.createSymbolicLink(directory.resolve("mounted.yaml"), Path.of("..data/mounted.yaml"));
    watch(mounted);
    Path swap = Files.createSymbolicLink(directory.resolve("..data_tmp"), second);
    Files.move(swap, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    assertThat(next(ServerSet.class).servers()).containsOnlyKeys("one", "two");
  }

  @Test
  void a_file_that_is_wrong_as_a_whole_keeps_the_old_set_and_says_why() throws Exception {
    watch(file);
    Files.writeString(file, "mcpServers: [");
    assertThat(next(List.class).toString()).contains("is not valid YAML");
    assertThat(watcher().current().servers()).containsOnlyKeys("one");
    Files.writeString(file, TWO);
    assertThat(next(ServerSet.class).servers()).containsOnlyKeys("one", "two");
  }

  @Test
  void a_file_that_goes_away_keeps_the_old_set() throws Exception {
    watch(file);
    Files.delete(file);
    assertThat(next(List.class).toString()).contains("there is no such file");
    assertThat(watcher().current().servers()).containsOnlyKeys("one");
  }

  @Test
  void an_entry_that_becomes_wrong_keeps_its_definition() throws Exception {
    watch(file);
    Files.writeString(file, "mcpServers:\n  one: {comand: x}\n  two: {command: x}\n");
    ServerSet next = next(ServerSet.class);
    assertThat(next.servers()).containsOnlyKeys("one", "two");
    assertThat(next.failed()).hasSize(1);
  }

  @Test
  void a_file_in_a_directory_that_does_not_exist_yet_is_found_later() throws Exception {
    Path later = directory.resolve("later/servers.yaml");
    assertThat(watch(later)).isInstanceOf(McpServersFile.Refused.class);
    Files.createDirectory(later.getParent());
    Files.writeString(later, TWO);
    assertThat(next(ServerSet.class).servers()).containsOnlyKeys("one", "two");
  }

  @Test
  void after_closing_nothing_is_told() throws Exception {
    watch(file);
    watcher().close();
    await().until(() -> !watcher().isWatching());
    Files.writeString(file, TWO);
    assertThat(told).isEmpty();
  }
}
