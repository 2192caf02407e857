package io.mcprouter.wiring;

import io.mcprouter.credential.ApiKeys;
import io.mcprouter.credential.AuditLog;
import io.mcprouter.credential.Housekeeping;
import io.mcprouter.credential.Invalidation;
import io.mcprouter.credential.Invalidations;
import io.mcprouter.credential.Resealing;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** What a running router does for its store now and then. */
@Component
class StoreUpkeep implements Invalidations.Listener {
  private static final Duration WRITE_USES = Duration.ofMinutes(1);
  private static final Duration REMOVE_OLD = Duration.ofHours(1);
  private static final String RESEALING = "Sealing secrets with the newest key";

  private final Housekeeping housekeeping = new Housekeeping();
  private final Resealing resealing;
  private final ApiKeys keys;

  StoreUpkeep(
      McpRouterProperties properties,
      ApiKeys keys,
      AuditLog audit,
      Resealing resealing,
      Invalidations invalidations) {
    this.resealing = resealing;
    this.keys = keys;
    Duration retention = properties.store().auditRetention();
    housekeeping.every(WRITE_USES, "Writing when keys were used", keys::writeUses);
    housekeeping.every(
        REMOVE_OLD, "Removing old audit entries", () -> audit.removeOlderThan(retention));
    invalidations.onChange(this);
    reseal(); // a router may have stopped in the middle of it
  }

  private void reseal() {
    housekeeping.soon(RESEALING, resealing::run);
  }

  @Override
  public void changed(Invalidation change) {
    if (change.kind() == Invalidation.Kind.SEALING_KEYS) {
      reseal();
    }
  }

  @Override
  public void lostTrack() {
    reseal();
  }

  @PreDestroy
  void stop() {
    housekeeping.close();
    keys.writeUses();
  }
}
