package io.mcprouter.wiring;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcprouter.catalog.Catalog;
import io.mcprouter.catalog.ServerInstructionsSource;
import io.mcprouter.protocol.Caller;
import io.mcprouter.session.SessionObserver;
import io.mcprouter.transport.spi.InitializeResult;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Remembers what servers said of themselves when sessions opened, and tells the catalog that they
 * can be listed.
 */
final class ServerIntroductions implements SessionObserver, ServerInstructionsSource {
  private static final int MOST = 10_000;

  private final ObjectProvider<Catalog> catalog;
  private final Cache<List<String>, Optional<String>> instructions =
      Caffeine.newBuilder().maximumSize(MOST).build();

  ServerIntroductions(ObjectProvider<Catalog> catalog) {
    this.catalog = catalog;
  }

  @Override
  public void initialized(String server, String user, InitializeResult answer) {
    instructions.put(List.of(user, server), Optional.ofNullable(answer.instructions()));
    catalog.getObject().connected(server, user);
  }

  @Override
  public @Nullable String of(String server, Caller caller) {
    Optional<String> own = instructions.getIfPresent(List.of(caller.key(), server));
    Optional<String> known = own != null ? own : instructions.getIfPresent(List.of("", server));
    return known == null ? null : known.orElse(null);
  }
}
