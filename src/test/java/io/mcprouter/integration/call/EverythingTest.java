package io.mcprouter.integration.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.integration.McpContent;
import io.mcprouter.testkit.Peer;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.ValidationException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** In front of the official example server, in an application that is nothing but Camel. */
class EverythingTest {
  private static final DefaultCamelContext CAMEL = new DefaultCamelContext();
  private static final List<Object> PROGRESS = new CopyOnWriteArrayList<>();
  private static ProducerTemplate template;

  @BeforeAll
  static void start() throws Exception {
    CAMEL.getGlobalOptions().put("CamelJmxDisabled", "true");
    List<String> command = Peer.packaged("@modelcontextprotocol/server-everything/dist/index.js");
    String server =
        "mcp-stdio:everything?command=%s&args=%s,stdio&stderr=ignore"
            .formatted(command.getFirst(), command.getLast());
    McpCallComponent calls = new McpCallComponent();
    calls.setServers(Map.of("everything", server));
    CAMEL.addComponent("mcp-call", calls);
    CAMEL.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:progress")
                .process(step -> PROGRESS.add(step.getMessage().getHeader("CamelMcpProgress")));
          }
        });
    CAMEL.start();
    template = CAMEL.createProducerTemplate();
  }

  @AfterAll
  static void stop() {
    CAMEL.stop();
  }

  private static Exchange send(String uri, Object body) throws Exception {
    return template
        .asyncSend(uri, exchange -> exchange.getMessage().setBody(body))
        .get(30, TimeUnit.SECONDS);
  }

  @Test
  void text_comes_as_text() throws Exception {
    assertThat(send("mcp-call:everything/echo", Map.of("message", "hi")).getMessage().getBody())
        .isEqualTo("Echo: hi");
  }

  @Test
  void structured_content_comes_as_a_map() throws Exception {
    Exchange done =
        send(
            "mcp-call:everything/get-structured-content?validate=true",
            "{\"location\":\"Chicago\"}");

    assertThat(done.getException()).isNull();
    assertThat(done.getMessage().getBody())
        .isEqualTo(Map.of("temperature", 36, "conditions", "Light rain / drizzle", "humidity", 82));
  }

  @Test
  void arguments_are_checked_before_they_are_sent() throws Exception {
    assertThat(
            send(
                    "mcp-call:everything/get-structured-content?validate=true",
                    "{\"location\":\"Atlantis\"}")
                .getException())
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("/location")
        .hasMessageNotContaining("Atlantis");
  }

  @Test
  void a_picture_comes_as_a_stream_of_its_bytes() throws Exception {
    Exchange done = send("mcp-call:everything/get-tiny-image?result=blob", null);

    assertThat(done.getMessage().getHeader("CamelMcpMimeType")).isEqualTo("image/png");
    assertThat(done.getMessage().getBody(InputStream.class).readNBytes(4))
        .isEqualTo(new byte[] {(byte) 0x89, 'P', 'N', 'G'});
    List<?> items =
        (List<?>) send("mcp-call:everything/get-tiny-image", null).getMessage().getBody();
    assertThat(items).hasAtLeastOneElementOfType(McpContent.Image.class);
  }

  @Test
  void progress_comes_before_the_answer() throws Exception {
    Exchange done =
        send(
            "mcp-call:everything/trigger-long-running-operation?progress=direct:progress",
            "{\"duration\":0.3,\"steps\":3}");

    assertThat(done.getException()).isNull();
    assertThat(PROGRESS).startsWith(1.0, 2.0);
  }

  @Test
  void prompts_and_resources_come_too() throws Exception {
    assertThat(
            send("mcp-call:prompt?server=everything&prompt=simple-prompt&result=text", null)
                .getMessage()
                .getBody(String.class))
        .contains("simple prompt");
    Exchange resource =
        send("mcp-call:resource?server=everything&resource=demo://resource/dynamic/text/1", null);
    assertThat(resource.getException()).isNull();
    assertThat(resource.getMessage().getBody(String.class)).isNotBlank();
  }

  @Test
  void a_server_that_nobody_configured_is_named() throws Exception {
    assertThat(send("mcp-call:other/echo", null).getException())
        .hasMessage(
            "Server 'other': no endpoint is known for it: set the component's 'servers', or the"
                + " option 'via'");
  }
}
