package io.mcprouter.integration.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.FinallyDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which steps get a gate in front of them. */
class StoppableStepsTest {
  @ParameterizedTest
  @CsvSource({"mcp.orders, false, false", "team, false, true", "team, true, false"})
  void only_steps_of_teams_that_do_not_clean_up_are_stoppable(
      String routeId, boolean cleansUp, boolean stoppable) throws Exception {
    Processor step = exchange -> {};
    RouteDefinition route = new RouteDefinition("direct:in").routeId(routeId);
    ToDefinition definition = new ToDefinition("mock:out");
    FinallyDefinition cleanUp = new FinallyDefinition();
    if (cleansUp) {
      route.addOutput(cleanUp);
      definition.setParent(cleanUp);
    } else {
      route.addOutput(definition);
    }
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      Processor wrapped =
          new StoppableSteps().wrapProcessorInInterceptors(camel, definition, step, null);

      assertThat(wrapped != step).isEqualTo(stoppable);
    }
  }
}
