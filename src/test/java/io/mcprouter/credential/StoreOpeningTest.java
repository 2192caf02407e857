package io.mcprouter.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mcprouter.testkit.StoreTest;
import io.mcprouter.testkit.StoreUnderTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreOpeningTest {
  @TempDir Path directory;

  @StoreTest
  void the_tables_are_there_and_stay_when_it_is_opened_again(StoreUnderTest db) {
    db.store()
        .jdbc()
        .sql("INSERT INTO keysets VALUES ('x', :w, 1, CURRENT_TIMESTAMP)")
        .param("w", new byte[] {1})
        .update();

    assertThat(db.openAnother().jdbc().sql("SELECT name FROM keysets").query(String.class).list())
        .containsExactly("x");
  }

  @StoreTest
  void what_fails_halfway_changes_nothing(StoreUnderTest db) {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                db.store()
                    .inTransaction(
                        () -> {
                          db.store()
                              .jdbc()
                              .sql("INSERT INTO keysets VALUES ('x', :w, 1, CURRENT_TIMESTAMP)")
                              .param("w", new byte[] {1})
                              .update();
                          throw new IllegalStateException("halfway");
                        }));
    assertThat(db.store().jdbc().sql("SELECT name FROM keysets").query(String.class).list())
        .isEmpty();
  }

  @Test
  void the_data_directory_is_the_owners_alone() throws Exception {
    Path fresh = directory.resolve("new/data");
    Path open = Files.createDirectory(directory.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));

    for (Path data : List.of(fresh, open)) {
      Store.open(StoreSettings.inDirectory(data)).close();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void several_open_one_directory_at_once() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Store>> stores =
          IntStream.range(0, 4)
              .mapToObj(
                  at ->
                      threads.submit(
                          () -> Store.open(StoreSettings.inDirectory(directory.resolve("data")))))
              .toList();
      for (Future<Store> store : stores) {
        try (Store opened = store.get()) {
          assertThat(opened.jdbc().sql("SELECT COUNT(*) FROM keysets").query(Long.class).single())
              .isZero();
        }
      }
    }
  }

  @Test
  void a_database_that_cannot_be_reached_is_named_without_its_password() {
    StoreSettings settings =
        new StoreSettings(
            directory, "jdbc:postgresql://127.0.0.1:1/router?password=canary", "u", "canary", 2);

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Store.open(settings))
        .withMessageContaining("jdbc:postgresql://127.0.0.1:1/router")
        .satisfies(
            thrown -> {
              assertThat(thrown).hasMessageNotContaining("canary");
              assertThat(thrown.action()).contains("mcp-router.store.url");
            });
    assertThat(settings.toString()).doesNotContain("canary");
  }

  @Test
  void another_kind_of_database_is_refused() {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(
            () -> Store.open(new StoreSettings(directory, "jdbc:mysql://h/d", null, null, 2)))
        .satisfies(thrown -> assertThat(thrown.action()).contains("jdbc:postgresql://"));
  }
}
