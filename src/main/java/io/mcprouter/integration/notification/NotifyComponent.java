package io.mcprouter.integration.notification;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Tells the caller of a route how far it is, and what happens in it. */
@Component(NotifyEndpoint.SCHEME)
public final class NotifyComponent extends DefaultComponent {
  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    NotifyEndpoint endpoint =
        new NotifyEndpoint(
            uri,
            this,
            getCamelContext().getTypeConverter().convertTo(NotifyEndpoint.What.class, remaining));
    setProperties(endpoint, parameters);
    return endpoint;
  }
}
