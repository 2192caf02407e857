package io.mcprouter.wiring;

import io.mcprouter.oauth.OAuth;
import io.mcprouter.routing.ServerChanges;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Takes logins back that were opened for entries as they are no longer written. */
record EntryLogins(OAuth oauth) implements ServerChanges {
  private static final Logger LOG = LoggerFactory.getLogger(EntryLogins.class);

  @Override
  public void changed(Set<String> added, Set<String> changed, Set<String> removed) {
    // the store may be slow, and a reload waits for whoever listens
    Stream.concat(changed.stream(), removed.stream())
        .forEach(server -> Thread.startVirtualThread(() -> takeBack(server)));
  }

  private void takeBack(String server) {
    try {
      oauth.entryChanged(server);
    } catch (DataAccessException e) {
      LOG.warn("Server '{}': open logins of its former entry could not be taken back", server, e);
    }
  }
}
