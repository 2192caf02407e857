package io.mcprouter.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of Camel's own meters are kept. */
class MonitoringConfigurationTest {
  private final MeterFilter filter = new MonitoringConfiguration().noMetersOfUsersRoutes();

  @ParameterizedTest
  @CsvSource({
    "mcp.weather, NEUTRAL",
    "mcp.notes/5f1c.2, DENY",
    "billing/nightly, NEUTRAL",
    "orders, NEUTRAL"
  })
  void only_routes_of_users_servers_have_none(String route, MeterFilterReply reply) {
    Meter.Id id =
        new Meter.Id(
            "CamelExchangesTotal", Tags.of("routeId", route), null, null, Meter.Type.COUNTER);
    assertThat(filter.accept(id)).isEqualTo(reply);
  }
}
