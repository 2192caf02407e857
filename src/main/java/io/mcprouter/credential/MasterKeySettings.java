package io.mcprouter.credential;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the master key is.
 *
 * @param file a file that holds it; wins
 * @param text the key itself, from the environment
 * @param mayGenerate whether one may be made in the data directory where neither is given: only
 *     where the router serves this machine alone
 */
public record MasterKeySettings(@Nullable Path file, @Nullable String text, boolean mayGenerate) {
  private static final String GENERATED = "master.key";

  /** For a router of one person. */
  public static final MasterKeySettings LOCAL = new MasterKeySettings(null, null, true);

  /**
   * The key.
   *
   * @throws StoreException if there is none, or if it is none
   */
  public MasterKey find(Store store) {
    if (file != null) {
      return MasterKey.ofFile(file);
    }
    if (text != null && !text.isBlank()) {
      return MasterKey.ofText(text, "MCP_ROUTER_MASTER_KEY");
    }
    Path directory = store.directory();
    if (!mayGenerate && directory != null && Files.exists(directory.resolve(GENERATED))) {
      throw new StoreException(
          "There is no master key, and this store was made with the one in "
              + directory.resolve(GENERATED)
              + ", which counts in local mode alone.",
          "Go on with it: mcp-router.store.master-key-file="
              + directory.resolve(GENERATED)
              + ". Better, move it out of the data directory first.");
    }
    if (!mayGenerate || directory == null) {
      throw new StoreException(
          "There is no master key, which users' secrets are sealed with.",
          "Name a file in mcp-router.store.master-key-file, or set MCP_ROUTER_MASTER_KEY: the"
              + " Base64 of 32 random bytes ('openssl rand -base64 32'). All nodes need the same.");
    }
    return store.exclusively(() -> MasterKey.generatedIn(directory.resolve(GENERATED)));
  }

  @Override
  public String toString() {
    return "MasterKeySettings[file=" + file + ", text=hidden]";
  }
}
