package io.mcprouter.credential;

import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Optional;

/** The row that holds the wrapped keys. */
final class KeysetTable {
  private static final String NAME = "secrets";

  private final Store store;
  private final Clock clock;

  KeysetTable(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  Optional<Keys> read(MasterKey master) {
    return store
        .jdbc()
        .sql("SELECT wrapped, version FROM keysets WHERE name = :name")
        .param("name", NAME)
        .query((row, at) -> unwrapped(row.getBytes("wrapped"), row.getLong("version"), master))
        .optional();
  }

  private static Keys unwrapped(byte[] wrapped, long version, MasterKey master) {
    try {
      return Keys.unwrapped(wrapped, version, master);
    } catch (GeneralSecurityException e) {
      throw new StoreException(
          "The master key in " + master.origin() + " is not the one that this store was made with.",
          "Give the router the key that it had before (in local mode that was master.key in the data"
              + " directory: mcp-router.store.master-key-file); without it the saved secrets are lost.",
          e);
    }
  }

  /** Inserts a first key set; where another node was faster, its key set stays. */
  void insertFirst(MasterKey master) {
    store
        .jdbc()
        .sql(
            """
            INSERT INTO keysets (name, wrapped, version, updated_at)
            VALUES (:name, :wrapped, 1, :now) ON CONFLICT DO NOTHING""")
        .param("name", NAME)
        .param("wrapped", wrapped(fresh(), master))
        .param("now", Times.column(clock.instant()))
        .update();
  }

  private static Keys fresh() {
    try {
      return Keys.fresh();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A key cannot be made", e);
    }
  }

  /** Replaces the version before; false where another node has replaced it. */
  boolean replace(Keys next, MasterKey master) {
    return store
            .jdbc()
            .sql(
                """
                UPDATE keysets SET wrapped = :wrapped, version = :version, updated_at = :now
                WHERE name = :name AND version = :before""")
            .param("name", NAME)
            .param("wrapped", wrapped(next, master))
            .param("version", next.version())
            .param("before", next.version() - 1)
            .param("now", Times.column(clock.instant()))
            .update()
        == 1;
  }

  private static byte[] wrapped(Keys keys, MasterKey master) {
    try {
      return keys.wrapped(master);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The keys cannot be sealed with the master key", e);
    }
  }
}
