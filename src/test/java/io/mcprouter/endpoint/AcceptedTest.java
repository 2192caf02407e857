package io.mcprouter.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.endpoint.PostExchange.Accepted;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an Accept header says about the form of an answer. */
class AcceptedTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        ";true;false;false",
        "application/json, text/event-stream;true;false;false",
        "*/*;true;false;false",
        "application/*;true;false;false",
        "text/event-stream, application/json;true;true;false",
        "Text/Event-Stream, Application/JSON;true;true;false",
        "application/json;false;false;false",
        "APPLICATION/JSON;false;false;false",
        "text/event-stream;true;false;true"
      })
  void a_client_gets_what_it_takes(
      String header, boolean events, boolean eventsFirst, boolean eventsOnly) {
    assertThat(Accepted.of(header)).isEqualTo(new Accepted(events, eventsFirst, eventsOnly));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text/html", "image/*", "application/xml, text/plain"})
  void a_client_that_takes_neither_form_gets_nothing(String header) {
    assertThat(Accepted.of(header)).isNull();
  }
}
