package io.mcprouter.integration.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A plain Camel context whose calls go to a script. */
abstract class CallFixture {
  final ScriptedCalls calls = new ScriptedCalls();
  final DefaultCamelContext camel = new DefaultCamelContext();
  ProducerTemplate template;

  @BeforeEach
  void startCamel() {
    camel.getGlobalOptions().put("CamelJmxDisabled", "true");
    McpCallComponent component = new McpCallComponent();
    component.setCalls(calls);
    camel.addComponent("mcp-call", component);
    camel.start();
    template = camel.createProducerTemplate();
  }

  @AfterEach
  void stopCamel() {
    camel.stop();
  }

  Exchange send(String uri, Processor message) throws Exception {
    return template.asyncSend(uri, message).get(20, TimeUnit.SECONDS);
  }

  Exchange send(String uri, Object body) throws Exception {
    return send(uri, body, Map.of());
  }

  Exchange send(String uri, Object body, Map<String, Object> headers) throws Exception {
    return send(
        uri,
        exchange -> {
          exchange.getMessage().setBody(body);
          exchange.getMessage().getHeaders().putAll(headers);
        });
  }

  /** The new body of a call that went well. */
  Object body(String uri, Object body) throws Exception {
    Exchange done = send(uri, body);
    assertThat(done.getException()).isNull();
    return done.getMessage().getBody();
  }

  /** Why a call did not go well. */
  Exception failure(String uri, Object body) throws Exception {
    Exception thrown = send(uri, body).getException();
    assertThat(thrown).isNotNull();
    return thrown;
  }
}
