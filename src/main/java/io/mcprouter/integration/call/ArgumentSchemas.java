package io.mcprouter.integration.call;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcprouter.integration.Json;
import io.mcprouter.integration.Schema;
import io.mcprouter.transport.spi.McpFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiled schemas of arguments, kept by their text. A schema is the server's word: what it refers
 * to outside itself is never fetched.
 */
final class ArgumentSchemas {
  private static final Logger LOG = LoggerFactory.getLogger(ArgumentSchemas.class);
  private static final int MOST = 1_000;

  private final Cache<String, ArgumentSchema> compiled =
      Caffeine.newBuilder().maximumSize(MOST).build();

  /** The schema of what is called; fails where the server's schema is none. */
  ArgumentSchema of(CallTarget target, Definition definition) throws McpFailure {
    String json = new String(definition.argumentsSchema(), StandardCharsets.UTF_8);
    ArgumentSchema known = compiled.getIfPresent(json);
    if (known != null) {
      return known;
    }
    try {
      ArgumentSchema schema = compile(json);
      compiled.put(json, schema);
      return schema;
    } catch (IOException | RuntimeException e) {
      LOG.warn("The schema of {} cannot be used", target, e);
      throw McpFailure.violation(
          target.serverName(), "the schema of the arguments of " + target + " cannot be used");
    }
  }

  private ArgumentSchema compile(String json) throws IOException {
    return new ArgumentSchema(Schema.ofServer(Json.MAPPER.readTree(json)));
  }
}
