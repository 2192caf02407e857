package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.protocol.Caller;
import io.mcprouter.testkit.Peer;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import io.mcprouter.transport.spi.McpFailure;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The access rules hold for the calls of routes as they do for clients. */
class RouteAccessTest {
  private static Peer peer;
  private static RouterUnderTest router;

  @BeforeAll
  static void start() {
    peer = Peer.behaviour(South.HTTP);
    ObjectNode entry = peer.entry();
    ObjectNode access = entry.putObject("router").putObject("access");
    access.putObject("tools").putObject("bump").putArray("roles").add("admin");
    router = RouterUnderTest.start(new ServersFile().with("shop", entry));
  }

  @AfterAll
  static void stop() {
    try {
      if (router != null) { // which may not have started
        router.close();
      }
    } finally {
      peer.close();
    }
  }

  @Test
  void a_tool_that_is_closed_to_the_caller_is_refused_and_never_called() throws Exception {
    Caller ann = caller(Set.of());

    assertThat(call("mcp-call:shop/bump", ann).getException())
        .isInstanceOfSatisfying(
            McpFailure.class,
            failure -> assertThat(failure.kind()).isEqualTo(McpFailure.Kind.FORBIDDEN))
        .hasMessage("Server 'shop': this caller sees no tool 'bump'");
    assertThat(call("mcp-call:tool?tool=shop__bump", ann).getException())
        .hasMessageContaining("this caller sees no tool 'shop__bump'");
    assertThat(call("mcp-call:shop/bump?validate=true", ann).getException())
        .hasMessageContaining("it lists no tool 'bump' for this caller");
    assertThat(call("mcp-call:shop/bump?user=ann", null).getException())
        .hasMessageContaining("this caller sees no tool 'bump'");
    assertThat(peer.stats().path("counter").asInt()).isZero();
  }

  @Test
  void who_may_call_it_may_do_so_from_a_route() throws Exception {
    assertThat(call("mcp-call:shop/echo", caller(Set.of())).getException()).isNull();
    assertThat(call("mcp-call:tool?tool=shop__identity", caller(Set.of("admin"))).getMessage())
        .satisfies(message -> assertThat(message.getBody()).isEqualTo("ann"));
  }

  private static Caller caller(Set<String> roles) {
    return new Caller("", "ann", Map.of(), roles, Set.of(), Caller.Source.JWT, null);
  }

  private static Exchange call(String uri, Caller caller) throws Exception {
    return router
        .bean(CamelContext.class)
        .createProducerTemplate()
        .asyncSend(
            uri,
            exchange -> {
              exchange.setProperty("CamelMcpCaller", caller);
              exchange.getMessage().setBody("{\"message\":\"x\"}");
            })
        .get(30, TimeUnit.SECONDS);
  }
}
