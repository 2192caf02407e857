package io.mcprouter.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.ConnectionFactory;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.jms.JmsHealthContributorAutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.kafka.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** A broker's client on the class path is no wish to connect to one. */
class BrokersOnRequestTest {
  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withUserConfiguration(Application.class)
          .withPropertyValues(
              "camel.main.jmx-enabled=false", "spring.main.web-application-type=none");

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
  static class Application {}

  @Test
  void nothing_is_made_for_a_broker_that_nobody_named() {
    application.run(
        context ->
            assertThat(context)
                .hasNotFailed()
                .doesNotHaveBean(ConnectionFactory.class)
                .doesNotHaveBean("jmsHealthContributor")
                .doesNotHaveBean(KafkaAutoConfiguration.class));
  }

  @Test
  void the_settings_of_spring_make_it() {
    application
        .withPropertyValues(
            "spring.artemis.mode=native",
            "spring.artemis.embedded.enabled=false",
            "spring.artemis.broker-url=tcp://127.0.0.1:1")
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .hasSingleBean(ConnectionFactory.class)
                    .hasSingleBean(JmsHealthContributorAutoConfiguration.class));
  }
}
