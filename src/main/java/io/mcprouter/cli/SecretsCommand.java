package io.mcprouter.cli;

import io.mcprouter.credential.Invalidation;
import io.mcprouter.credential.Invalidations;
import io.mcprouter.credential.MasterKey;
import io.mcprouter.credential.Resealing;
import io.mcprouter.credential.Sealing;
import io.mcprouter.credential.StoreException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The keys that secrets are sealed with. A router may be running meanwhile. */
@Command(
    name = "secrets",
    description = "Look after the keys that secrets are sealed with, also beside a running router.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  mcp-router secrets status",
      "  mcp-router secrets rotate",
      "  mcp-router secrets rewrap --to /run/secrets/new-master-key"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the store cannot be opened, or some secrets cannot be sealed again"
    })
final class SecretsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do with the keys: status, rotate or rewrap");
  }

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Say which keys there are, and how many secrets still need an old one.")
  int status(@Mixin OpenStore.Options options) {
    try (OpenStore store = options.open()) {
      if (store == null) {
        return 1;
      }
      print(store);
      return 0;
    }
  }

  @Command(
      name = "rotate",
      mixinStandardHelpOptions = true,
      description = "Make a new key, and seal all secrets again with it.")
  int rotate(@Mixin OpenStore.Options options) {
    try (OpenStore store = options.open()) {
      if (store == null) {
        return 1;
      }
      store.part(Sealing.class).rotate();
      store
          .part(Invalidations.class)
          .publish(new Invalidation(Invalidation.Kind.SEALING_KEYS, "", "", ""));
      int failed = store.part(Resealing.class).run();
      print(store);
      return failed == 0 ? 0 : 1;
    }
  }

  @Command(
      name = "rewrap",
      mixinStandardHelpOptions = true,
      description = {
        "Seal the keys themselves with another master key. Afterwards, name the new one in the",
        "settings of every node; those that run keep the keys in memory until they restart."
      })
  int rewrap(
      @Mixin OpenStore.Options options,
      @Option(
              names = "--to",
              required = true,
              paramLabel = "FILE",
              description = "The file with the new master key.")
          Path file)
      throws CommandFailure {
    try (OpenStore store = options.open()) {
      if (store == null) {
        return 1;
      }
      store.part(Sealing.class).rewrap(MasterKey.ofFile(file));
      spec.commandLine()
          .getOut()
          .println("The store needs the master key in " + file + " from now on.");
      return 0;
    } catch (StoreException e) {
      throw new CommandFailure(e.getMessage() + " " + e.action());
    }
  }

  private void print(OpenStore store) {
    PrintWriter out = spec.commandLine().getOut();
    Sealing sealing = store.part(Sealing.class);
    List<Long> keys = sealing.keyIds();
    keys.forEach(
        key ->
            out.println(
                "key %d  %s"
                    .formatted(key, key == sealing.primaryKeyId() ? "seals" : "opens only")));
    out.println(
        store.part(Resealing.class).outstanding() + " secrets are not sealed with the newest key");
  }
}
