package io.mcprouter.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** There is no default key, and a key is kept from others. */
class MasterKeyTest {
  private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  @TempDir Path directory;

  private Path keyFile(String text, String permissions) throws Exception {
    Path file = Files.writeString(directory.resolve("key"), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void outside_local_mode_a_key_must_be_given() {
    try (Store store = Store.open(StoreSettings.inDirectory(directory.resolve("data")))) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> new MasterKeySettings(null, " ", false).find(store))
          .withMessageContaining("no master key")
          .satisfies(
              thrown -> assertThat(thrown.action()).contains("mcp-router.store.master-key-file"));
      assertThat(store.directory().resolve("master.key")).doesNotExist();
    }
  }

  @Test
  void in_local_mode_one_is_made_once_for_its_owner_alone() throws Exception {
    try (Store store = Store.open(StoreSettings.inDirectory(directory.resolve("data")))) {
      MasterKeySettings.LOCAL.find(store);
      Path file = store.directory().resolve("master.key");
      String first = Files.readString(file);
      MasterKeySettings.LOCAL.find(store);

      assertThat(Files.readString(file)).isEqualTo(first);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw--w----", "rwxrwxrwx"})
  void a_file_that_others_can_open_is_refused(String permissions) throws Exception {
    Path file = keyFile(KEY, permissions);

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> MasterKey.ofFile(file))
        .withMessageContaining("open to other users")
        .satisfies(thrown -> assertThat(thrown.action()).contains("chmod 600"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "r--------", "r--r-----"})
  void a_file_of_the_owner_or_of_an_orchestrator_is_taken(String permissions) throws Exception {
    assertThat(MasterKey.ofFile(keyFile(KEY + "\n", permissions)).origin()).contains("key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "secret-api-key", "MDEyMzQ1Njc4OQ==", "!"})
  void what_is_no_key_is_refused_and_not_repeated(String text) {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> MasterKey.ofText(text, "the environment"))
        .withMessage("The master key in the environment is no key.");
  }

  @Test
  void a_missing_file_says_what_to_do() {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> MasterKey.ofFile(directory.resolve("nothing")))
        .withMessageContaining("cannot be read")
        .satisfies(thrown -> assertThat(thrown.action()).contains("openssl rand -base64 32"));
  }
}
