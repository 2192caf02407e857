package io.mcprouter.cli.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mcprouter.config.NearestName;
import io.mcprouter.config.UserField;
import io.mcprouter.config.reader.Faults;
import io.mcprouter.config.reader.Fields;
import io.mcprouter.config.reader.Yaml;
import io.mcprouter.identity.UserHeaders;
import io.mcprouter.integration.Json;
import io.mcprouter.integration.call.CallKind;
import io.mcprouter.integration.call.CallTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one test. */
final class RouteTestReader {
  private static final List<String> TEST =
      List.of("name", "call", "send", "expect", "calls", "received");
  private static final List<String> CALL =
      List.of("tool", "prompt", "resource", "arguments", "user");
  private static final List<String> SEND = List.of("to", "body", "headers");
  private static final String ROLES = "roles";

  private final Map<String, Stub> stubs;
  private final Faults faults;
  private final ExpectationReader expectations;

  RouteTestReader(Map<String, Stub> stubs, Faults faults) {
    this.stubs = stubs;
    this.faults = faults;
    this.expectations = new ExpectationReader(faults);
  }

  /** The test; null where it cannot be one, which is noted. */
  @Nullable RouteTest read(Yaml value, String path) {
    if (!(value instanceof Yaml.Mapping mapping)) {
      faults.error(value.at(), path, "must be an object, but is " + value.kind());
      return null;
    }
    Fields test = Fields.known(mapping, path, faults, TEST);
    String name = test.requiredText("name");
    RouteTest.Action action = action(test);
    List<Expectation> expected = expectations.answer(test, action instanceof RouteTest.Call);
    RouteTest.Calls calls = calls(test);
    List<RouteTest.Received> received = expectations.received(test);
    return name == null || action == null
        ? null
        : new RouteTest(name, faults.location(test.at()), action, expected, calls, received);
  }

  private RouteTest.@Nullable Action action(Fields test) {
    if (test.has("call") == test.has("send")) {
      faults.error(test.at(), test.path(), "must have one of 'call' and 'send'");
      return null;
    }
    Fields call = test.object("call", CALL);
    if (call != null) {
      return call(call);
    }
    Fields send = test.object("send", SEND);
    return send == null ? null : send(send);
  }

  private RouteTest.@Nullable Action call(Fields call) {
    List<CallKind> kinds =
        Arrays.stream(CallKind.values()).filter(kind -> call.has(key(kind))).toList();
    if (kinds.size() != 1) {
      faults.error(call.at(), call.path(), "must name one tool, prompt or resource");
      return null;
    }
    CallKind kind = kinds.getFirst();
    String name = call.text(key(kind));
    if (name == null) {
      return null;
    }
    int slash = kind == CallKind.RESOURCE ? -1 : name.indexOf('/');
    CallTarget target =
        slash < 0
            ? new CallTarget(kind, null, name)
            : new CallTarget(kind, name.substring(0, slash), name.substring(slash + 1));
    JsonNode arguments = YamlJson.object(call, "arguments");
    return new RouteTest.Call(
        target, arguments == null ? JsonNodeFactory.instance.objectNode() : arguments, user(call));
  }

  private static String key(CallKind kind) {
    return switch (kind) {
      case TOOL -> "tool";
      case PROMPT -> "prompt";
      case RESOURCE -> "resource";
    };
  }

  /** As the headers of local mode, which say the same of a request. */
  private Map<String, String> user(Fields call) {
    Map<UserField, String> names = UserHeaders.DEFAULT.fields();
    if (!(call.value("user") instanceof Yaml.Mapping)) {
      String id = call.text("user");
      return id == null ? Map.of() : Map.of(UserHeaders.DEFAULT.id(), id);
    }
    Map<String, String> headers = new LinkedHashMap<>();
    Fields user = call.object("user", userKeys());
    if (user != null) {
      for (UserField field : UserField.values()) {
        put(headers, names.get(field), user.text(field.text()));
      }
      put(headers, UserHeaders.DEFAULT.roles(), user.text(ROLES));
      if (!user.has(UserField.ID.text())) {
        call.error("user", "has no 'id', which is required; add it");
      }
    }
    return headers;
  }

  private static Collection<String> userKeys() {
    List<String> keys =
        new ArrayList<>(Arrays.stream(UserField.values()).map(UserField::text).toList());
    keys.add(ROLES);
    return keys;
  }

  private static void put(
      Map<String, String> headers, @Nullable String header, @Nullable String value) {
    if (header != null && value != null) {
      headers.put(header, value);
    }
  }

  private RouteTest.@Nullable Action send(Fields send) {
    String to = send.requiredText("to");
    Yaml body = send.value("body");
    String text =
        body == null ? "" : body instanceof Yaml.Scalar scalar ? scalar.text() : json(body, send);
    JsonNode headers = YamlJson.object(send, "headers");
    return to == null
        ? null
        : new RouteTest.Send(to, text, headers == null ? Map.of() : Json.map(headers));
  }

  private String json(Yaml body, Fields send) {
    return YamlJson.of(body, send.path("body"), faults).toString();
  }

  private RouteTest.@Nullable Calls calls(Fields test) {
    Yaml value = test.value("calls");
    if (value == null) {
      return null;
    }
    if (!(value instanceof Yaml.Sequence list)) {
      test.error("calls", "must be a list of calls such as 'server/tool: {argument: value}'");
      return null;
    }
    List<RouteTest.Called> calls = new ArrayList<>();
    for (Yaml item : list.items()) {
      RouteTest.Called called = called(item, test.path("calls"));
      if (called != null) {
        calls.add(called);
      }
    }
    return new RouteTest.Calls(faults.location(test.at("calls")), calls);
  }

  private RouteTest.@Nullable Called called(Yaml item, String path) {
    String name = null;
    JsonNode arguments = null;
    if (item instanceof Yaml.Scalar scalar) {
      name = scalar.text();
    } else if (item instanceof Yaml.Mapping mapping && mapping.pairs().size() == 1) {
      Yaml.Pair call = Fields.open(mapping, path, faults).pairs().getFirst();
      name = call.key();
      arguments = YamlJson.of(call.value(), path, faults);
    }
    int slash = name == null ? -1 : name.indexOf('/');
    if (name == null || slash < 0) {
      faults.error(item.at(), path, "must be 'server/tool', or 'server/tool: {argument: value}'");
      return null;
    }
    String server = name.substring(0, slash);
    String tool = name.substring(slash + 1);
    check(item, path, server, tool);
    return new RouteTest.Called(faults.location(item.at()), server, tool, arguments);
  }

  private void check(Yaml item, String path, String server, String tool) {
    Stub stub = stubs.get(server);
    if (stub == null) {
      String what = "'" + server + "' is no stub of this file";
      faults.error(item.at(), path, what + NearestName.advice(server, stubs.keySet()));
    } else if (!stub.tools().containsKey(tool)) {
      String what = "the stub '" + server + "' has no tool '" + tool + "'";
      faults.error(item.at(), path, what + NearestName.advice(tool, stub.tools().keySet()));
    }
  }
}
