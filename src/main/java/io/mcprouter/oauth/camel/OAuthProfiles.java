package io.mcprouter.oauth.camel;

import io.mcprouter.oauth.GuardedSender;
import io.mcprouter.oauth.GuardedSenderLimits;
import io.mcprouter.transport.spi.AddressPolicy;
import java.io.IOException;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.CamelContext;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The profiles of {@code camel.oauth.*} in one context: what is known of their identity providers,
 * and the tokens of their clients. Their addresses are the administrator's own, so that any may be
 * connected to.
 */
final class OAuthProfiles extends ServiceSupport implements ClientTokenResolver {
  private static final ReentrantLock MAKING = new ReentrantLock();
  private static final String BEAN = "#bean:";

  private final CamelContext camel;
  private final ConcurrentMap<GuardedSenderLimits, GuardedSender> senders =
      new ConcurrentHashMap<>();
  private final ConcurrentMap<String, ClientTokens> clients = new ConcurrentHashMap<>();
  private final JwtTokenValidator validator;

  private OAuthProfiles(CamelContext camel) {
    this.camel = camel;
    this.validator = new JwtTokenValidator(this::keys, this::sender);
  }

  /** The profiles of a context, which closes them when it stops. */
  static OAuthProfiles of(CamelContext camel) {
    MAKING.lock();
    try {
      OAuthProfiles known = camel.hasService(OAuthProfiles.class);
      if (known == null) {
        known = new OAuthProfiles(camel);
        camel.addService(known, true, true);
      }
      return known;
    } catch (Exception e) {
      throw new IllegalStateException("the profiles of camel.oauth cannot be started", e);
    } finally {
      MAKING.unlock();
    }
  }

  /** Who checks the tokens of a profile: the profile's own bean, or whether it is a good JWT. */
  TokenValidator validator(String profile) {
    ProfileKeys keys = keys(profile);
    String own = keys.text("validation-factory");
    if (own == null) {
      return validator;
    }
    String name = own.startsWith(BEAN) ? own.substring(BEAN.length()) : own;
    TokenValidator bean = CamelContextHelper.lookup(camel, name, TokenValidator.class);
    if (bean == null) {
      throw keys.wrong(
          "validation-factory",
          "names no bean of type " + TokenValidator.class.getName() + "; write #bean:NAME");
    }
    return bean;
  }

  @Override
  public String resolve(String profile) throws IOException {
    return client(profile).token();
  }

  @Override
  public void check(String profile) {
    Objects.requireNonNull(client(profile));
  }

  private ClientTokens client(String profile) {
    return clients.computeIfAbsent(
        profile,
        name -> {
          ClientProfile wanted = ClientProfile.of(keys(name));
          return new ClientTokens(wanted, sender(wanted.limits()), Clock.systemUTC());
        });
  }

  private ProfileKeys keys(String profile) {
    return new ProfileKeys(camel, profile);
  }

  private GuardedSender sender(GuardedSenderLimits limits) {
    return senders.computeIfAbsent(
        limits, wanted -> new GuardedSender(camel, AddressPolicy.OPEN, wanted, null));
  }

  @Override
  protected void doShutdown() {
    senders.values().forEach(GuardedSender::close);
    senders.clear();
  }
}
