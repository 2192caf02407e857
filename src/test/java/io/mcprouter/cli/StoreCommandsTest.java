package io.mcprouter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.mcprouter.testkit.JavaProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that work on the store: alone, and beside a router in a process of its own. */
class StoreCommandsTest {
  @TempDir Path directory;

  private Ran command(String... args) {
    return Ran.command(
        Stream.concat(Stream.of(args), Stream.of("--data", directory.resolve("data").toString()))
            .toArray(String[]::new));
  }

  @Test
  void keys_and_secrets_are_looked_after_beside_a_running_router() throws Exception {
    try (JavaProcess router =
        JavaProcess.start(
            directory, "run", "--port", "0", "--console-port", "0", "--data", "data")) {
      router.lineWith("mcp-router ready");
      keysAreMadeListedAndRevoked();
      secretsAreRotated();
      theDatabaseIsReachedFromThisMachineAlone();
      router.terminate();
      router.exitCode();
      assertThat(router.errors()).doesNotContain("ERROR");
    }
    assertThat(command("keys", "list").lines()).as("without a router").hasSize(2);
    theDirectoryIsTheOwnersAlone();
  }

  private void keysAreMadeListedAndRevoked() {
    Ran made =
        command(
            "keys",
            "create",
            "--user",
            "ada",
            "--tenant",
            "acme",
            "--label",
            "lap\ttop",
            "--role",
            "dev",
            "--role",
            "ops",
            "--field",
            "email=a@b.c",
            "--expires",
            "90d");
    assertThat(made.exit()).as(made.err()).isZero();
    String key = made.out().strip();
    assertThat(key).matches("mcr_[0-9a-f]{16}_[A-Za-z0-9_-]{43}");
    String id = key.substring(4, 20);
    assertThat(command("keys", "create", "--user", "bob").exit()).isZero();

    Ran listed = command("keys", "list");
    assertThat(listed.out()).doesNotContain(key.substring(21));
    assertThat(listed.lines())
        .hasSize(2)
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains(id, "active", "user=acme/ada", "label=lap top", "roles=dev,ops"));

    assertThat(command("keys", "revoke", id).exit()).isZero();
    assertThat(command("keys", "list").lines())
        .anySatisfy(line -> assertThat(line).contains(id, "revoked"));
    Ran again = command("keys", "revoke", id);
    assertThat(again.exit()).isOne();
    assertThat(again.err()).contains("There is no key '" + id + "' that could be revoked");
  }

  private void secretsAreRotated() throws IOException {
    assertThat(command("secrets", "status").lines())
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).endsWith("  seals"));
    assertThat(command("secrets", "rotate").lines())
        .hasSize(3)
        .anySatisfy(line -> assertThat(line).endsWith("  opens only"))
        .anySatisfy(line -> assertThat(line).startsWith("0 secrets are not sealed"));
    Path open = Files.writeString(directory.resolve("open.key"), "x");
    Ran refused = command("secrets", "rewrap", "--to", open.toString());
    assertThat(refused.exit()).isOne();
    assertThat(refused.err()).contains("open to other users", "chmod 600");
  }

  private void theDatabaseIsReachedFromThisMachineAlone() throws Exception {
    String lock =
        Files.readString(directory.resolve("data/router.lock.db"), StandardCharsets.ISO_8859_1);
    Matcher server = Pattern.compile("server=(localhost|127\\.0\\.0\\.1)\\\\:(\\d+)").matcher(lock);
    assertThat(server.find()).as(lock).isTrue();
    int port = Integer.parseInt(server.group(2));
    for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
      for (InetAddress address : network.inetAddresses().toList()) {
        if (!address.isLoopbackAddress()) {
          assertThatIOException()
              .as("%s:%d", address, port)
              .isThrownBy(
                  () -> {
                    try (Socket socket = new Socket()) {
                      socket.connect(new InetSocketAddress(address, port), 5_000);
                    }
                  });
        }
      }
    }
  }

  private void theDirectoryIsTheOwnersAlone() throws IOException {
    assertThat(
            List.of(directory.resolve("data"), directory.resolve("data/master.key")).stream()
                .map(StoreCommandsTest::permissions))
        .containsExactly("rwx------", "rw-------");
  }

  private static String permissions(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void with_a_new_master_key_the_old_one_is_of_no_use() throws IOException {
    assertThat(command("secrets", "status").exit()).isZero();
    Path next = directory.resolve("next.key");
    Files.writeString(next, "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=\n");
    Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-------"));

    assertThat(command("secrets", "rewrap", "--to", next.toString()).exit()).isZero();
    assertThat(command("secrets", "status").exit()).isOne();

    Files.copy(
        next,
        directory.resolve("data/master.key"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING,
        java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    assertThat(command("secrets", "status").exit()).isZero();
  }

  @Test
  void a_line_that_is_wrong_says_how() {
    assertThat(Ran.command("keys").err()).contains("create, list or revoke");
    assertThat(command("keys", "create").err()).contains("--user");
    assertThat(command("keys", "create", "--user", "a", "--expires", "soon").err())
        .contains("'soon' is no duration");
    assertThat(command("keys", "create", "--user", "").err()).contains("no user");
  }
}
