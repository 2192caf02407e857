package io.mcprouter.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.spi.McpConstants;
import io.mcprouter.transport.spi.McpFailure;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** Calls through an endpoint of a plain Camel context, as an application makes them. */
public final class Calls {
  private final ProducerTemplate template;

  public Calls(CamelContext context) {
    template = context.createProducerTemplate();
  }

  /** Starts a call. */
  public CompletableFuture<Exchange> start(String uri, String method, String params) {
    return template.asyncSend(
        uri,
        exchange -> {
          exchange.getMessage().setHeader(McpConstants.METHOD, method);
          exchange.getMessage().setBody(params);
        });
  }

  /** The result of a call, as the server wrote it. */
  public String result(String uri, String method, String params) throws Exception {
    return result(start(uri, method, params));
  }

  public static String result(CompletableFuture<Exchange> call) throws Exception {
    Exchange exchange = call.get(20, TimeUnit.SECONDS);
    assertThat(exchange.getException()).isNull();
    Frame reply = exchange.getMessage().getBody(Frame.class);
    String text = new String(reply.bytes(), StandardCharsets.UTF_8);
    int from = text.indexOf("\"result\":") + "\"result\":".length();
    return text.substring(from, text.length() - 1);
  }

  /** The failure of a call. */
  public McpFailure failure(String uri, String method, String params) throws Exception {
    return failure(start(uri, method, params));
  }

  public static McpFailure failure(CompletableFuture<Exchange> call) throws Exception {
    Exchange exchange = call.get(20, TimeUnit.SECONDS);
    assertThat(exchange.getException()).isInstanceOf(McpFailure.class);
    return (McpFailure) exchange.getException();
  }
}
