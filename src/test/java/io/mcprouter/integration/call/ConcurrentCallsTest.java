package io.mcprouter.integration.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.testkit.Peer;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/**
 * Whoever waits for an answer on a virtual thread, as a bean of a team does, gets it: many at once,
 * around an asynchronous route.
 */
class ConcurrentCallsTest {
  private static final int THREADS = 200;
  private static final int CALLS_EACH = 10;

  @Test
  void many_that_wait_on_virtual_threads_get_their_answers_in_a_plain_application()
      throws Exception {
    try (Peer peer = Peer.behaviour(South.HTTP);
        DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.getGlobalOptions().put("CamelJmxDisabled", "true");
      McpCallComponent calls = new McpCallComponent();
      calls.setServers(
          Map.of("shop", "mcp-http:shop?url=http://127.0.0.1:" + peer.port() + "/mcp"));
      camel.addComponent("mcp-call", calls);
      camel.start();

      assertThat(answers(camel, "mcp-call:shop/echo")).isEqualTo(THREADS * CALLS_EACH);
    }
  }

  @Test
  void many_that_wait_on_virtual_threads_get_their_answers_in_the_router() throws Exception {
    try (Peer peer = Peer.behaviour(South.HTTP);
        RouterUnderTest router =
            RouterUnderTest.start(new ServersFile().with("shop", peer.entry()))) {
      CamelContext camel = router.bean(CamelContext.class);

      assertThat(answers(camel, "mcp-call:shop/echo?user=ann")).isEqualTo(THREADS * CALLS_EACH);
    }
  }

  private static int answers(CamelContext camel, String uri) throws Exception {
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:ask").routeId("ask").to(uri).transform().simple("<${body}>");
          }
        });
    ProducerTemplate template = camel.createProducerTemplate();
    List<Future<Integer>> done = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < THREADS; i++) {
        String name = "caller " + i;
        done.add(threads.submit(() -> answered(template, name)));
      }
      int sum = 0;
      for (Future<Integer> one : done) {
        sum += one.get(120, TimeUnit.SECONDS);
      }
      return sum;
    }
  }

  private static int answered(ProducerTemplate template, String name) {
    int answered = 0;
    for (int i = 0; i < CALLS_EACH; i++) {
      String message = name + " " + i;
      Object answer = template.requestBody("direct:ask", Map.of("message", message));
      if (answer.equals("<" + message + ">")) {
        answered++;
      }
    }
    return answered;
  }
}
