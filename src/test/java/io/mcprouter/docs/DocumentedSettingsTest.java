package io.mcprouter.docs;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.mcprouter.wiring.McpRouterProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/** The settings that pages show are ones that the router takes. */
class DocumentedSettingsTest {
  static List<Block> settings() throws IOException {
    return Pages.blocks("yaml").stream()
        .filter(block -> block.text().lines().anyMatch("mcp-router:"::equals))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void every_key_is_known_and_its_value_can_be_read(Block block) throws IOException {
    List<PropertySource<?>> written =
        new YamlPropertySourceLoader()
            .load(
                block.toString(),
                new ByteArrayResource(block.text().getBytes(StandardCharsets.UTF_8)));
    Binder binder = new Binder(ConfigurationPropertySources.from(written));

    assertThatCode(
            () ->
                binder.bind(
                    McpRouterProperties.PREFIX,
                    Bindable.of(McpRouterProperties.class),
                    new NoUnboundElementsBindHandler(BindHandler.DEFAULT)))
        .doesNotThrowAnyException();
  }
}
