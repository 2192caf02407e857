package io.mcprouter.wiring;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class UnsetVariablesTest {
  private static void start(Map<String, Object> settings) {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("test", settings));
    new UnsetVariables().postProcessEnvironment(environment, new SpringApplication());
  }

  /** As a secret it would be one that stands in the documentation. */
  @Test
  void a_setting_whose_variable_is_not_set_is_refused_by_name() {
    assertThatExceptionOfType(CannotStartException.class)
        .isThrownBy(
            () ->
                start(
                    Map.of(
                        "mcp-router.authentication.proxy.secret",
                        "${A_VARIABLE_THAT_NOBODY_EVER_SETS}")))
        .withMessageContaining("mcp-router.authentication.proxy.secret")
        .withMessageContaining("A_VARIABLE_THAT_NOBODY_EVER_SETS, which is not set");
  }

  @Test
  void what_is_set_or_has_a_default_is_taken() {
    assertThatCode(
            () ->
                start(
                    Map.of(
                        "mcp-router.a", "${GIVEN}",
                        "mcp-router.b", "${A_VARIABLE_THAT_NOBODY_EVER_SETS:default}",
                        "GIVEN", "value",
                        "somebody.elses", "${A_VARIABLE_THAT_NOBODY_EVER_SETS}")))
        .doesNotThrowAnyException();
  }
}
