package io.mcprouter.integration.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How events reach routes. */
class EventsConsumerTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final EventBus bus = new EventBus();
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final List<Exchange> heard = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() {
    camel.getGlobalOptions().put("CamelJmxDisabled", "true");
    EventsComponent component = new EventsComponent();
    component.setBus(bus);
    camel.addComponent("mcp-events", component);
    camel.start();
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  private void route(String uri) throws Exception {
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from(uri).routeId("events").process(exchange -> heard.add(exchange.copy()));
          }
        });
  }

  private void publish(EventKind kind, String server, String user, Map<String, Object> body) {
    bus.publish(kind, () -> new ServerEvent(kind, server, user, NOON, Map.of(), body));
  }

  private void status(String server, String status) {
    publish(EventKind.status, server, "", Map.of("status", status));
  }

  private List<Object> bodies() {
    return heard.stream().map(exchange -> exchange.getMessage().getBody()).toList();
  }

  @Test
  void events_of_the_server_reach_the_route_in_order() throws Exception {
    route("mcp-events:shop");

    for (int i = 0; i < 100; i++) {
      status("shop", "s" + i);
      status("other", "x");
    }

    await().until(() -> heard.size() == 100);
    assertThat(bodies())
        .startsWith(Map.of("status", "s0"), Map.of("status", "s1"))
        .endsWith(Map.of("status", "s99"));
  }

  @Test
  void headers_say_what_and_where_and_a_property_says_whose() throws Exception {
    route("mcp-events:*");

    bus.publish(
        EventKind.resource,
        () ->
            new ServerEvent(
                EventKind.resource,
                "shop",
                "ann",
                NOON,
                Map.of("CamelMcpResource", "test://x"),
                Map.of("uri", "test://x")));

    await().until(() -> heard.size() == 1);
    Exchange event = heard.getFirst();
    assertThat(event.getMessage().getHeaders())
        .containsEntry("CamelMcpEvent", "resource")
        .containsEntry("CamelMcpServer", "shop")
        .containsEntry("CamelMcpResource", "test://x")
        .containsEntry("CamelMessageTimestamp", NOON.toEpochMilli())
        .doesNotContainValue("ann");
    assertThat(event.getProperty("CamelMcpUser")).isEqualTo("ann");
  }

  @Test
  void only_the_kinds_that_are_wanted_are_made() throws Exception {
    route("mcp-events:*?kinds=log, call");

    assertThat(bus.wants(EventKind.call)).isTrue();
    assertThat(bus.wants(EventKind.status)).isFalse();
    status("shop", "connected");
    publish(EventKind.log, "shop", "", Map.of("data", "x"));

    await().until(() -> heard.size() == 1);
    assertThat(bodies()).containsExactly(Map.of("data", "x"));
  }

  @Test
  void the_body_may_be_json() throws Exception {
    route("mcp-events:*?format=json");

    status("shop", "lost");

    await().until(() -> heard.size() == 1);
    assertThat(bodies())
        .containsExactly(
            "{\"event\":\"status\",\"server\":\"shop\",\"at\":\"2026-11-21T12:00:00Z\",\"status\":\"lost\"}");
  }

  @Test
  void a_slow_route_holds_up_nobody_and_what_it_has_no_room_for_is_counted() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch inside = new CountDownLatch(1);
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("mcp-events:*?queueSize=5")
                .process(
                    exchange -> {
                      inside.countDown();
                      go.await(20, TimeUnit.SECONDS);
                      heard.add(exchange.copy());
                    });
          }
        });
    status("shop", "first");
    assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();

    for (int i = 0; i < 20; i++) {
      status("shop", "s" + i);
    }

    assertThat(bus.dropped()).isEqualTo(15);
    go.countDown();
    await().until(() -> heard.size() == 6);
    assertThat(bodies()).endsWith(Map.of("status", "s4"));
  }

  @Test
  void a_route_that_fails_gets_the_next_event_all_the_same() throws Exception {
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("mcp-events:*")
                .process(exchange -> heard.add(exchange.copy()))
                .throwException(new IllegalStateException("no"));
          }
        });

    status("shop", "one");
    status("shop", "two");

    await().until(() -> heard.size() == 2);
  }

  @Test
  void a_route_that_stands_still_hears_nothing() throws Exception {
    route("mcp-events:*");

    camel.getRouteController().suspendRoute("events");
    status("shop", "unheard");
    assertThat(bus.wants(EventKind.status)).isFalse();
    camel.getRouteController().resumeRoute("events");
    status("shop", "heard");

    await().until(() -> !heard.isEmpty());
    assertThat(bodies()).containsExactly(Map.of("status", "heard"));
    camel.getRouteController().stopRoute("events");
    assertThat(bus.wants(EventKind.status)).isFalse();
  }

  @Test
  void what_cannot_be_is_said_when_the_route_starts() throws Exception {
    assertThatThrownBy(() -> route("mcp-events:*?kinds=lists"))
        .hasStackTraceContaining("option kinds: 'lists' is none of [list, resource");
    assertThatThrownBy(() -> route("mcp-events:*?resources=test://x"))
        .hasStackTraceContaining("the options resources and logLevel need a server's name");
    assertThatThrownBy(() -> camel.getEndpoint("mcp-events:shop").createProducer())
        .hasMessageContaining("use it in a 'from'");
    try (DefaultCamelContext plain = new DefaultCamelContext()) {
      plain.start();
      assertThatThrownBy(() -> plain.getEndpoint("mcp-events:shop").createConsumer(exchange -> {}))
          .hasMessage("mcp-events:shop: there are no events outside of the router");
    }
  }
}
