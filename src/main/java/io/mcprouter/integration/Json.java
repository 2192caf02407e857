package io.mcprouter.integration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.support.ResourceHelper;

/** JSON between routes and messages: dates as text, objects of any class. */
public final class Json {
  public static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModules(new JavaTimeModule(), new Jdk8Module())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .build();

  private Json() {}

  /**
   * JSON that an option names: {@code #bean:name} or {@code #name} of the registry, {@code
   * classpath:}, {@code file:} or {@code resource:}, or the JSON itself.
   *
   * @param option the option's name, for messages
   * @throws IllegalArgumentException where there is none, saying why
   */
  public static JsonNode referred(CamelContext camel, String option, String value) {
    String text = value.strip();
    try {
      if (text.startsWith("#")) {
        return ofBean(camel, text.substring(1).replaceFirst("^bean:", ""));
      }
      if (text.startsWith("{") || text.startsWith("[")) {
        return MAPPER.readTree(text);
      }
      try (InputStream in = ResourceHelper.resolveMandatoryResourceAsInputStream(camel, text)) {
        return MAPPER.readTree(in);
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "option " + option + ": no JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "option " + option + ": '" + text + "' cannot be read: " + e.getMessage(), e);
    }
  }

  private static JsonNode ofBean(CamelContext camel, String name) throws IOException {
    Object bean = camel.getRegistry().lookupByName(name);
    return switch (bean) {
      case null -> throw new IOException("the registry has no bean of that name");
      case JsonNode node -> node;
      case String text -> MAPPER.readTree(text);
      default -> MAPPER.valueToTree(bean);
    };
  }

  /** The text of a tree; it cannot fail. */
  public static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree cannot be written", e);
    }
  }

  /** A tree as maps, lists and plain values. */
  public static Map<String, Object> map(JsonNode object) {
    return MAPPER.convertValue(
        object,
        MAPPER
            .getTypeFactory()
            .constructMapType(java.util.LinkedHashMap.class, String.class, Object.class));
  }
}
