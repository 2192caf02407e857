package io.mcprouter.wiring;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Spring Boot takes the client of a broker on the class path for the wish to connect to one on this
 * machine, and reports that as down. The router has the clients for routes that name a broker; only
 * {@code spring.artemis} says that Spring is to have one as well.
 */
public final class BrokersOnRequest implements AutoConfigurationImportFilter, EnvironmentAware {
  private static final String SETTINGS = "spring.artemis";
  private static final Set<String> OF_ARTEMIS =
      Set.of("org.springframework.boot.autoconfigure.jms.artemis.ArtemisAutoConfiguration");

  private boolean wanted;

  @Override
  public void setEnvironment(Environment environment) {
    wanted =
        Binder.get(environment)
            .bind(SETTINGS, Bindable.mapOf(String.class, Object.class))
            .isBound();
  }

  @Override
  public boolean[] match(@Nullable String[] classes, AutoConfigurationMetadata metadata) {
    boolean[] taken = new boolean[classes.length];
    for (int i = 0; i < classes.length; i++) {
      taken[i] = wanted || classes[i] == null || !OF_ARTEMIS.contains(classes[i]);
    }
    return taken;
  }
}
