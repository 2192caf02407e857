package io.mcprouter.wiring;

import io.mcprouter.config.McpSettings;
import io.mcprouter.config.ServerName;
import io.mcprouter.transport.spi.AddressPolicy;
import io.mcprouter.transport.spi.AddressRules;
import io.mcprouter.transport.spi.Destination;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The address policy as the servers file says it now. A change holds for connections that are made
 * from then on, and within half a minute for those of sessions that are open.
 */
@Component
public class CurrentAddressPolicy implements AddressPolicy {
  private final AddressPolicy ofUsers = new OfUsers();
  private volatile AddressRules rules = AddressRules.of(List.of(), List.of());

  void apply(McpSettings settings) {
    rules = AddressRules.of(settings.allowedDomains(), settings.allowedAddresses());
  }

  @Override
  public Ruling judge(Destination destination) {
    return rules.judge(destination);
  }

  @Override
  public @Nullable String refusal(Destination destination, InetAddress address) {
    return rules.refusal(destination, address);
  }

  @Override
  public AddressPolicy forServer(String server) {
    return ServerName.isOfUser(server) ? ofUsers : this;
  }

  /** The same policy for addresses that users write, or that servers name. */
  public AddressPolicy forUserServers() {
    return ofUsers;
  }

  private final class OfUsers implements AddressPolicy {
    @Override
    public Ruling judge(Destination destination) {
      return rules.forUserServers().judge(destination);
    }

    @Override
    public @Nullable String refusal(Destination destination, InetAddress address) {
      return rules.refusal(destination, address);
    }
  }
}
