package io.mcprouter.integration.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.mcprouter.integration.server.GroupedOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * An OpenAPI 3 document. References inside of it are followed; none that leads out of it is.
 *
 * @param json the document
 * @param place where it came from, for messages
 */
record OpenApiDocument(JsonNode json, String place) {
  private static final Logger LOG = LoggerFactory.getLogger(OpenApiDocument.class);
  private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");
  private static final String ALL = "*";
  private static final int LARGEST = 16 << 20;

  /** So many references behind one another; more are a circle. */
  private static final int DEEPEST = 20;

  /** JSON is YAML, too. */
  private static final ObjectMapper YAML =
      new ObjectMapper(YAMLFactory.builder().loaderOptions(limits()).build());

  private static LoaderOptions limits() {
    LoaderOptions limits = new LoaderOptions();
    limits.setCodePointLimit(LARGEST);
    return limits;
  }

  /**
   * @throws IllegalArgumentException where there is none, or of another version
   */
  static OpenApiDocument read(CamelContext camel, OpenApiConfiguration options) {
    String place = options.getSpecification();
    if (place == null) {
      throw new IllegalArgumentException(
          "mcp-openapi in a 'from' needs the option specification, an OpenAPI 3 document");
    }
    try (InputStream in = ResourceHelper.resolveMandatoryResourceAsInputStream(camel, place)) {
      OpenApiDocument document = new OpenApiDocument(YAML.readTree(in), place);
      if (!document.json.path("openapi").asText().startsWith("3.")) {
        throw document.wrong("no OpenAPI 3 document: it has no member 'openapi' with 3.x");
      }
      return document;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "option specification: '" + place + "' cannot be read: " + e.getMessage(), e);
    }
  }

  IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("option specification: '" + place + "': " + what);
  }

  /**
   * The operations that the administrator allows.
   *
   * @param allowed ids between commas, or * for all that can be tools
   * @throws IllegalArgumentException where a named one is not there, or cannot be a tool
   */
  List<Operation> operations(@Nullable String allowed) {
    List<String> names = GroupedOptions.split(allowed);
    if (names.isEmpty()) {
      throw new IllegalArgumentException(
          "mcp-openapi needs the option operations: ids of operations between commas, or * for all");
    }
    Map<String, Declared> declared = declared();
    return names.equals(List.of(ALL)) ? possible(declared) : named(declared, names);
  }

  private List<Operation> named(Map<String, Declared> declared, List<String> names) {
    List<Operation> operations = new ArrayList<>();
    for (String name : names) {
      Declared found = declared.get(name);
      if (found == null) {
        throw wrong(
            "no operation '" + name + "'; there are " + String.join(", ", declared.keySet()));
      }
      operations.add(found.operation(this));
    }
    return operations;
  }

  private List<Operation> possible(Map<String, Declared> declared) {
    List<Operation> operations = new ArrayList<>();
    declared.forEach(
        (name, found) -> {
          try {
            operations.add(found.operation(this));
          } catch (IllegalArgumentException e) {
            LOG.warn("Operation '{}' is no tool: {}", name, e.getMessage());
          }
        });
    return operations;
  }

  private Map<String, Declared> declared() {
    Map<String, Declared> found = new LinkedHashMap<>();
    json.path("paths")
        .properties()
        .forEach(
            path -> {
              JsonNode item = resolved(path.getValue());
              for (String method : METHODS) {
                if (item.path(method) instanceof ObjectNode operation) {
                  Declared declared = new Declared(method, path.getKey(), item, operation);
                  if (found.putIfAbsent(declared.name(), declared) != null) {
                    throw wrong("two operations '" + declared.name() + "'; name one otherwise");
                  }
                }
              }
            });
    return found;
  }

  /** What stands where a reference leads to, or the value itself. */
  JsonNode resolved(JsonNode value) {
    JsonNode found = value;
    for (int depth = 0; found.has("$ref"); depth++) {
      String reference = found.path("$ref").asText();
      if (!reference.startsWith("#/") || depth > DEEPEST) {
        throw wrong("the reference '" + reference + "' does not lead to a place in the document");
      }
      // a pointer in a reference is percent-encoded, and its own escapes are of no other kind
      found = json.at(URI.create(reference).getFragment());
      if (found.isMissingNode()) {
        throw wrong("the reference '" + reference + "' leads to nothing");
      }
    }
    return found;
  }

  /** An operation as it stands in the document. */
  private record Declared(String method, String path, JsonNode item, ObjectNode operation) {
    /** Its id; of one without, method and path. */
    String name() {
      String id = operation.path("operationId").asText();
      String text = id.isEmpty() ? method + path : id;
      String name = text.replaceAll("[^A-Za-z0-9_.-]+", "_");
      return name.substring(0, Math.min(128, name.length()));
    }

    Operation operation(OpenApiDocument document) {
      return new OperationReader(document, name())
          .read(method.toUpperCase(Locale.ROOT), path, item, operation);
    }
  }
}
