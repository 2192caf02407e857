package io.mcprouter.monitoring;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.health.AdditionalHealthEndpointPath;
import org.springframework.boot.actuate.health.HealthEndpointGroup;
import org.springframework.boot.actuate.health.HealthEndpointGroups;
import org.springframework.boot.actuate.health.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.actuate.health.HttpCodeStatusMapper;
import org.springframework.boot.actuate.health.StatusAggregator;

/**
 * Leaves the MCP servers and the route files out of {@code /actuator/health}, which else is down
 * with the least of them. Groups that name them still have them.
 */
public final class HealthWithoutServers implements HealthEndpointGroupsPostProcessor {
  private final Set<String> apart;

  /**
   * @param apart the names of the contributors of servers and of route files
   */
  public HealthWithoutServers(Set<String> apart) {
    this.apart = Set.copyOf(apart);
  }

  @Override
  public HealthEndpointGroups postProcessHealthEndpointGroups(HealthEndpointGroups groups) {
    Map<String, HealthEndpointGroup> named = new HashMap<>();
    groups.getNames().forEach(name -> named.put(name, groups.get(name)));
    return HealthEndpointGroups.of(new Primary(groups.getPrimary()), named);
  }

  private final class Primary implements HealthEndpointGroup {
    private final HealthEndpointGroup all;

    private Primary(HealthEndpointGroup all) {
      this.all = all;
    }

    @Override
    public boolean isMember(String name) {
      int end = name.indexOf('/');
      String contributor = end < 0 ? name : name.substring(0, end);
      return !apart.contains(contributor) && all.isMember(name);
    }

    @Override
    public boolean showComponents(SecurityContext securityContext) {
      return all.showComponents(securityContext);
    }

    @Override
    public boolean showDetails(SecurityContext securityContext) {
      return all.showDetails(securityContext);
    }

    @Override
    public StatusAggregator getStatusAggregator() {
      return all.getStatusAggregator();
    }

    @Override
    public HttpCodeStatusMapper getHttpCodeStatusMapper() {
      return all.getHttpCodeStatusMapper();
    }

    @Override
    public @Nullable AdditionalHealthEndpointPath getAdditionalPath() {
      return all.getAdditionalPath();
    }
  }
}
