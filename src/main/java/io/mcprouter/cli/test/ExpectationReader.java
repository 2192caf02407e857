package io.mcprouter.cli.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.cli.test.Expectation.Aspect;
import io.mcprouter.config.reader.Faults;
import io.mcprouter.config.reader.Fields;
import io.mcprouter.config.reader.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Reads what answers and messages must be. */
final class ExpectationReader {
  private static final List<String> MESSAGE =
      keys(Aspect.TEXT, Aspect.CONTAINS, Aspect.MATCHES, Aspect.STRUCTURED, Aspect.HEADERS);
  private static final List<String> CALLED =
      keys(
          Aspect.TEXT,
          Aspect.CONTAINS,
          Aspect.MATCHES,
          Aspect.STRUCTURED,
          Aspect.IS_ERROR,
          Aspect.ERROR);
  private static final List<String> SENT =
      Stream.concat(MESSAGE.stream(), Stream.of(Aspect.ERROR.key())).toList();

  private final Faults faults;

  ExpectationReader(Faults faults) {
    this.faults = faults;
  }

  private static List<String> keys(Aspect... aspects) {
    return Stream.of(aspects).map(Aspect::key).toList();
  }

  /** What the answer must be. */
  List<Expectation> answer(Fields test, boolean isCall) {
    Fields expect = test.object("expect", isCall ? CALLED : SENT);
    return expect == null ? List.of() : read(expect);
  }

  private List<Expectation> read(Fields expect) {
    List<Expectation> expected = new ArrayList<>();
    for (Yaml.Pair pair : expect.pairs()) {
      Aspect.of(pair.key()).ifPresent(aspect -> expected.add(expectation(expect, aspect, pair)));
    }
    return expected;
  }

  private Expectation expectation(Fields expect, Aspect aspect, Yaml.Pair pair) {
    JsonNode wanted =
        switch (aspect) {
          case TEXT, CONTAINS, MATCHES, ERROR -> text(expect, pair.key());
          case IS_ERROR -> JsonNodeFactory.instance.booleanNode(expect.flag(pair.key(), false));
          case STRUCTURED -> YamlJson.of(pair.value(), expect.path(pair.key()), faults);
          case HEADERS -> {
            ObjectNode headers = YamlJson.object(expect, pair.key());
            yield headers == null ? JsonNodeFactory.instance.objectNode() : headers;
          }
        };
    if (aspect == Aspect.MATCHES) {
      checkPattern(expect, wanted.asText());
    }
    return new Expectation(faults.location(pair.at()), aspect, wanted);
  }

  private static JsonNode text(Fields expect, String key) {
    String text = expect.text(key);
    return JsonNodeFactory.instance.textNode(text == null ? "" : text);
  }

  private static void checkPattern(Fields expect, String pattern) {
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      expect.error(Aspect.MATCHES.key(), "is no regular expression: " + e.getDescription());
    }
  }

  /** What must have come to mock endpoints. */
  List<RouteTest.Received> received(Fields test) {
    List<RouteTest.Received> received = new ArrayList<>();
    Fields mocks = test.object("received");
    if (mocks != null) {
      for (Yaml.Pair mock : mocks.pairs()) {
        if (!mock.key().matches("mock:.+")) {
          mocks.error(mock.key(), "must be a mock endpoint, such as mock:answers; see 'replace'");
        } else if (mock.value() instanceof Yaml.Sequence list) {
          received.add(
              new RouteTest.Received(
                  faults.location(mock.at()), mock.key(), messages(list, mocks.path(mock.key()))));
        } else {
          mocks.error(mock.key(), "must be a list of messages, but is " + mock.value().kind());
        }
      }
    }
    return received;
  }

  private List<RouteTest.Message> messages(Yaml.Sequence list, String path) {
    List<RouteTest.Message> messages = new ArrayList<>();
    for (Yaml item : list.items()) {
      if (item instanceof Yaml.Mapping mapping) {
        messages.add(
            new RouteTest.Message(
                faults.location(item.at()), read(Fields.known(mapping, path, faults, MESSAGE))));
      } else {
        faults.error(
            item.at(), path, "must be an object such as {contains: ...}, but is " + item.kind());
      }
    }
    return messages;
  }
}
