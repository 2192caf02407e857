package io.mcprouter.wiring;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Messages that call tools.
 *
 * @param retention how long a message's call and answer are remembered, so that it is not called
 *     again
 * @param lease how long a node may be silent before others take it for crashed
 * @param keys keys that senders sign messages with, by a name of your choice
 */
public record MessageProperties(
    @DefaultValue("7d") Duration retention,
    @DefaultValue("15s") Duration lease,
    @DefaultValue Map<String, Key> keys) {
  public MessageProperties {
    keys = Map.copyOf(keys);
  }

  /**
   * A key that senders sign messages with.
   *
   * @param secret at least 32 characters, which the senders know too
   * @param tenant whose users they may name
   * @param users ids of the users whom they may name; all of the tenant where none is listed
   * @param roles roles that they may name
   * @param fields whether they may say more of a user than the id, such as an e-mail address
   */
  public record Key(
      @Nullable String secret,
      @DefaultValue("") String tenant,
      @DefaultValue Set<String> users,
      @DefaultValue Set<String> roles,
      @DefaultValue("false") boolean fields) {
    @Override
    public String toString() {
      return "Key[hidden]";
    }
  }
}
