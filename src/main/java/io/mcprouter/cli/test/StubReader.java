package io.mcprouter.cli.test;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.config.Fault;
import io.mcprouter.config.SourceLocation;
import io.mcprouter.config.reader.Faults;
import io.mcprouter.config.reader.Fields;
import io.mcprouter.config.reader.Position;
import io.mcprouter.config.reader.Yaml;
import io.mcprouter.integration.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what stands for the servers. */
final class StubReader {
  private static final String TEMPLATE = "template";
  private static final String TIMEOUT = "timeout";
  private static final List<String> STUB = List.of(TEMPLATE, TIMEOUT, "recorded", "tools");
  private static final String INPUT = "inputSchema";
  private static final List<String> TEXTS = List.of("title", "description");
  private static final List<String> OBJECTS = List.of(INPUT, "outputSchema", "annotations");
  private static final List<String> TOOL =
      List.of("answers", "title", "description", "inputSchema", "outputSchema", "annotations");

  private final Path file;
  private final Faults faults;

  StubReader(Path file, Faults faults) {
    this.file = file;
    this.faults = faults;
  }

  Map<String, Stub> read(Fields top) {
    Map<String, Stub> stubs = new LinkedHashMap<>();
    Fields servers = top.object("servers");
    if (servers != null) {
      for (Yaml.Pair pair : servers.pairs()) {
        if (pair.value() instanceof Yaml.Mapping mapping) {
          Fields stub = Fields.known(mapping, servers.path(pair.key()), faults, STUB);
          stubs.put(
              pair.key(),
              new Stub(
                  pair.key(),
                  faults.location(pair.at()),
                  places(stub),
                  entry(stub),
                  tools(pair.key(), stub)));
        } else {
          servers.error(pair.key(), "must be an object with tools, but is " + pair.value().kind());
        }
      }
    }
    return stubs;
  }

  private Map<String, SourceLocation> places(Fields stub) {
    Map<String, SourceLocation> places = new LinkedHashMap<>();
    for (String key : List.of(TEMPLATE, TIMEOUT)) {
      if (stub.has(key)) {
        places.put(key, faults.location(stub.at(key)));
      }
    }
    Yaml template = stub.value(TEMPLATE);
    if (template instanceof Yaml.Sequence list) {
      list.items().forEach(item -> place(item, places));
    } else if (template != null) {
      place(template, places);
    }
    return places;
  }

  /** A template is named alone, or with its parameters behind the name. */
  private void place(Yaml template, Map<String, SourceLocation> places) {
    String name =
        switch (template) {
          case Yaml.Scalar scalar -> scalar.text();
          case Yaml.Mapping mapping when !mapping.pairs().isEmpty() ->
              mapping.pairs().getFirst().key();
          default -> "";
        };
    places.putIfAbsent("'" + name + "'", faults.location(template.at()));
  }

  /** As an entry says it, with its place where the entry's reader finds a fault. */
  private ObjectNode entry(Fields stub) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    Yaml timeout = stub.value(TIMEOUT);
    if (timeout != null) {
      Long millis = stub.wholeNumber(timeout, TIMEOUT, "a whole number of milliseconds");
      entry.put(TIMEOUT, millis);
    }
    Yaml template = stub.value(TEMPLATE);
    if (template != null) {
      entry.putObject("router").set(TEMPLATE, YamlJson.of(template, stub.path(TEMPLATE), faults));
    }
    return entry;
  }

  private Map<String, StubTool> tools(String server, Fields stub) {
    Map<String, StubTool> tools = new LinkedHashMap<>();
    Fields named = stub.object("tools");
    if (named != null) {
      for (Yaml.Pair pair : named.pairs()) {
        tools.put(pair.key(), tool(named, pair));
      }
    }
    recorded(server, stub, tools);
    if (tools.isEmpty() && !faults.hasErrors()) {
      faults.error(stub.at(), stub.path(), "has no tools; write 'tools', or 'recorded'");
    }
    return tools;
  }

  private void recorded(String server, Fields stub, Map<String, StubTool> tools) {
    String name = stub.text("recorded");
    if (name == null) {
      return;
    }
    Recording recording = Recording.read(file.resolveSibling(name), server);
    for (Fault fault : recording.faults()) {
      stub.error("recorded", fault.location() + ": " + fault.message());
    }
    if (recording.answers().isEmpty() && recording.faults().isEmpty()) {
      stub.error("recorded", "has no call of the server '" + server + "'");
    }
    recording
        .answers()
        .forEach(
            (tool, answers) -> {
              StubTool known = tools.get(tool);
              StubTool own =
                  known == null
                      ? tool(stub.at("recorded"), stub.path(), definition(tool), List.of())
                      : known;
              tools.put(tool, own.with(answers));
            });
  }

  private StubTool tool(Fields tools, Yaml.Pair pair) {
    String path = tools.path(pair.key());
    ObjectNode definition = definition(pair.key());
    List<StubAnswer> answers = new ArrayList<>();
    switch (pair.value()) {
      case Yaml.Sequence list -> answers.addAll(answers(list, path));
      case Yaml.Mapping mapping -> {
        Fields tool = Fields.known(mapping, path, faults, TOOL);
        describe(definition, tool);
        if (tool.value("answers") instanceof Yaml.Sequence list) {
          answers.addAll(answers(list, tool.path("answers")));
        } else if (tool.has("answers")) {
          tool.error("answers", "must be a list of answers");
        }
      }
      default ->
          tools.error(pair.key(), "must be a list of answers, but is " + pair.value().kind());
    }
    return tool(pair.at(), path, definition, answers);
  }

  private static void describe(ObjectNode definition, Fields tool) {
    for (String key : TEXTS) {
      String text = tool.text(key);
      if (text != null) {
        definition.put(key, text);
      }
    }
    for (String key : OBJECTS) {
      ObjectNode object = YamlJson.object(tool, key);
      if (object != null) {
        definition.set(key, object);
      }
    }
  }

  private StubTool tool(Position at, String path, ObjectNode definition, List<StubAnswer> answers) {
    Schema input;
    try {
      input = Schema.ofServer(definition.path(INPUT));
    } catch (RuntimeException e) {
      faults.error(at, path + "." + INPUT, "is no usable JSON schema: " + e.getMessage());
      input = Schema.ofServer(definition("any").path(INPUT));
    }
    return new StubTool(faults.location(at), definition, input, answers);
  }

  private List<StubAnswer> answers(Yaml.Sequence list, String path) {
    AnswerReader reader = new AnswerReader(faults);
    List<StubAnswer> answers = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      answers.add(reader.read(list.items().get(i), path + "[" + i + "]"));
    }
    return answers;
  }

  private static ObjectNode definition(String name) {
    ObjectNode definition = JsonNodeFactory.instance.objectNode().put("name", name);
    definition.putObject("inputSchema").put("type", "object");
    return definition;
  }
}
