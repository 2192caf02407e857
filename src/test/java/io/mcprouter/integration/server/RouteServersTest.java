package io.mcprouter.integration.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.catalog.ListKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouteServersTest {
  @Test
  void nobody_is_told_where_nothing_has_changed() {
    List<Set<String>> told = new ArrayList<>();
    try (RouteServers servers = new RouteServers()) {
      servers.onChange(
          new RouteServers.Listener() {
            @Override
            public void changed(Set<String> names) {
              told.add(names);
            }

            @Override
            public void listChanged(String server, ListKind kind) {
              told.add(Set.of(server));
            }
          });

      servers.settle();
    }
    assertThat(told).isEmpty();
  }
}
