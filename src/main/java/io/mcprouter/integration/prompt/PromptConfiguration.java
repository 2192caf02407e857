package io.mcprouter.integration.prompt;

import io.mcprouter.integration.server.ItemConfiguration;
import java.util.Map;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** The options of an {@code mcp-prompt} endpoint. */
@UriParams
public final class PromptConfiguration extends ItemConfiguration {
  @UriParam(label = "consumer", prefix = "argument.", multiValue = true)
  private Map<String, Object> arguments = Map.of();

  public Map<String, Object> getArguments() {
    return arguments;
  }

  /**
   * The arguments, all of them text: argument.NAME.description, .title, .required, and .enum
   * (values between commas).
   */
  public void setArguments(Map<String, Object> arguments) {
    this.arguments = arguments;
  }
}
