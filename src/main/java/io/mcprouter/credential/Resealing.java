package io.mcprouter.credential;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Seals with the newest key what an older one sealed. Any number of nodes may do so at once. */
public final class Resealing {
  private static final Logger LOG = LoggerFactory.getLogger(Resealing.class);

  private final Sealing sealing;
  private final List<SealedRows> tables;

  public Resealing(Sealing sealing, List<? extends SealedRows> tables) {
    this.sealing = sealing;
    this.tables = List.copyOf(tables);
  }

  /** How many values still need an older key. */
  public long outstanding() {
    long key = sealing.primaryKeyId();
    return tables.stream().mapToLong(table -> table.notSealedWith(key).size()).sum();
  }

  /** Seals all of them again; returns how many could not be opened and stay as they are. */
  public int run() {
    sealing.refresh();
    int failed = 0;
    int done = 0;
    for (SealedRows table : tables) {
      for (SealedField place : table.notSealedWith(sealing.primaryKeyId())) {
        try {
          table.reseal(place);
          done++;
        } catch (Sealing.UnsealableException e) {
          failed++;
          LOG.warn("{}", e.getMessage());
        }
      }
    }
    if (done > 0) {
      LOG.info("{} secrets are sealed with the newest key now", done);
    }
    return failed;
  }
}
