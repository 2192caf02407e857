package io.mcprouter.oauth.camel;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/**
 * A step that works by a profile of {@code camel.oauth.*}. A route with a wrong one fails to start.
 */
abstract sealed class OAuthProcessor extends ServiceSupport implements Processor, CamelContextAware
    permits OAuthBearerTokenProcessor, OAuthClientCredentialsProcessor {
  static final String AUTHORIZATION = "Authorization";

  private String profile = "";
  private @Nullable CamelContext camel;

  /** The profile's name; empty for {@code camel.oauth.*} itself. */
  public String getProfile() {
    return profile;
  }

  public void setProfile(String profile) {
    this.profile = profile;
  }

  @Override
  public @Nullable CamelContext getCamelContext() {
    return camel;
  }

  @Override
  public void setCamelContext(CamelContext camel) {
    this.camel = camel;
  }

  @Override
  protected void doStart() {
    CamelContext known = camel;
    if (known != null) {
      check(OAuthProfiles.of(known));
    }
  }

  /**
   * Checks the profile.
   *
   * @throws IllegalArgumentException when it is wrong
   */
  abstract void check(OAuthProfiles profiles);

  static OAuthProfiles profiles(Exchange exchange) {
    return OAuthProfiles.of(exchange.getContext());
  }
}
