package io.mcprouter.routing.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.config.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.Model;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouteFilesTest {
  private final CamelContext camel = new DefaultCamelContext();
  private final List<Set<String>> templates = new ArrayList<>();
  private final Map<String, RouteFile> directory = new LinkedHashMap<>();
  private final ServerRoutes servers = new Servers();
  private RouteFiles files;
  private ProducerTemplate template;

  @BeforeEach
  void start() {
    camel.start();
    template = camel.createProducerTemplate();
    files = new RouteFiles(camel, servers, Doors.NONE, Duration.ofSeconds(5));
    files.start();
  }

  @AfterEach
  void stop() throws Exception {
    camel.close();
  }

  @Test
  void a_new_file_is_loaded_and_started() {
    write("a", says("a", "one"));
    assertThat(ask("a")).isEqualTo("one");
  }

  @Test
  void an_edited_file_takes_the_place_of_what_it_was() {
    write("a", says("a", "one"));
    write("a", says("a", "two"));
    assertThat(ask("a")).isEqualTo("two");
    assertThat(camel.getRoutesSize()).isEqualTo(1);
  }

  @Test
  void a_route_that_the_edited_file_has_no_more_is_gone() {
    write("a", says("a", "one") + says("b", "two"));
    write("a", says("a", "one"));
    assertThat(camel.getRoute("b")).isNull();
    assertThat(camel.hasEndpoint("direct:b")).isNull();
  }

  @Test
  void what_a_removed_file_held_is_gone() {
    write("a", says("a", "one"));
    directory.clear();
    files.apply(directory);
    assertThat(camel.getRoutesSize()).isZero();
    assertThat(files.reports()).isEmpty();
  }

  @Test
  void other_files_are_left_alone() {
    write("a", says("a", "one"));
    Object route = camel.getRoute("a");
    write("b", says("b", "two"));
    write("b", says("b", "three"));
    assertThat(camel.getRoute("a")).isSameAs(route);
  }

  @Test
  void a_file_that_is_no_yaml_keeps_what_it_held_before_and_says_where() {
    write("a", says("a", "one"));
    write("a", "- route:\n    id: a\n  from: [\n");
    assertThat(ask("a")).isEqualTo("one");
    assertThat(fault("a").location().file()).isEqualTo("routes/a.camel.yaml");
    assertThat(fault("a").location().line()).isGreaterThan(2);
  }

  @Test
  void a_step_that_camel_does_not_know_keeps_what_the_file_held_before_and_says_where() {
    write("a", says("a", "one"));
    write("a", says("a", "two").replace("setBody", "setBodi"));
    assertThat(ask("a")).isEqualTo("one");
    assertThat(fault("a").message()).contains("setBodi");
    assertThat(fault("a").location().line()).isEqualTo(6);
  }

  @Test
  void a_file_that_holds_itself_is_a_fault() {
    write("a", says("a", "one"));
    write("a", "- route: &a\n    id: a\n    from: {uri: direct:a, parameters: *a}\n");
    assertThat(ask("a")).isEqualTo("one");
    assertThat(fault("a").message()).contains("holds itself");
  }

  @Test
  void a_route_that_cannot_be_made_keeps_what_the_file_held_before() {
    write("a", says("a", "one"));
    write("a", says("a", "two") + says("b", "three").replace("direct:b", "nonsense:b"));
    assertThat(ask("a")).isEqualTo("one");
    assertThat(camel.getRoutesSize()).isEqualTo(1);
    assertThat(fault("a").path()).isEqualTo("b");
    assertThat(fault("a").message()).contains("nonsense");
    assertThat(fault("a").location().line()).isEqualTo(11);
  }

  @Test
  void a_route_that_cannot_be_started_keeps_what_the_file_held_before() {
    write("a", says("a", "one"));
    write("a", says("a", "two") + says("b", "three").replace("direct:b", "direct:a"));
    assertThat(ask("a")).isEqualTo("one");
    assertThat(camel.getRoutesSize()).isEqualTo(1);
    assertThat(fault("a").path()).isEqualTo("b");
  }

  @Test
  void a_broken_file_that_is_mended_is_reported_no_more() {
    write("a", says("a", "one").replace("setBody", "setBodi"));
    assertThat(camel.getRoutesSize()).isZero();
    write("a", says("a", "one"));
    assertThat(ask("a")).isEqualTo("one");
    assertThat(files.reports()).singleElement().satisfies(r -> assertThat(r.fault()).isNull());
  }

  @Test
  void a_route_of_another_file_is_not_replaced() {
    write("a", says("a", "one"));
    write("b", says("a", "two"));
    assertThat(ask("a")).isEqualTo("one");
    assertThat(fault("b").message()).contains("routes/a.camel.yaml");
  }

  @Test
  void a_route_may_move_from_one_file_to_another() {
    write("a", says("x", "one"));
    directory.put("a.camel.yaml", file("a", says("y", "two")));
    directory.put("b.camel.yaml", file("b", says("x", "three")));
    files.apply(directory);
    assertThat(ask("x")).isEqualTo("three");
    assertThat(ask("y")).isEqualTo("two");
  }

  @Test
  void a_fault_that_another_file_caused_goes_with_it() {
    write("a", says("x", "one"));
    write("b", says("x", "two"));
    directory.remove("a.camel.yaml");
    files.apply(directory);
    assertThat(ask("x")).isEqualTo("two");
  }

  @Test
  void what_a_wrong_file_held_before_is_not_disturbed_by_other_files() {
    write("a", says("a", "one"));
    write("a", says("a", "two") + says("b", "three").replace("direct:b", "nonsense:b"));
    Object route = camel.getRoute("a");
    write("c", says("c", "four"));
    write("c", says("c", "five"));
    assertThat(camel.getRoute("a")).isSameAs(route);
    assertThat(fault("a").message()).contains("nonsense");
  }

  @Test
  void an_edit_that_takes_a_name_of_another_file_counts_when_the_name_is_free() {
    write("a", says("x", "one"));
    write("b", says("b", "two"));
    write("b", says("x", "three"));
    assertThat(ask("b")).isEqualTo("two");
    directory.remove("a.camel.yaml");
    files.apply(directory);
    assertThat(ask("x")).isEqualTo("three");
    assertThat(files.reports()).singleElement().satisfies(r -> assertThat(r.fault()).isNull());
  }

  @Test
  void reports_do_not_wait_for_a_route_that_is_slow_to_end() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    camel
        .getRegistry()
        .bind(
            "slow",
            (org.apache.camel.Processor)
                exchange -> {
                  inside.countDown();
                  goOn.await(10, TimeUnit.SECONDS);
                });
    write(
        "a",
        says("a", "one")
            .replace("steps:\n", "steps:\n        - process:\n            ref: slow\n"));
    template.asyncRequestBody("direct:a", "x", String.class);
    assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
    Thread edit = Thread.startVirtualThread(() -> write("a", says("a", "two")));
    assertThat(files.reports()).hasSize(1);
    assertThat(edit.isAlive()).isTrue();
    goOn.countDown();
    edit.join();
  }

  @Test
  void ids_of_servers_are_refused() {
    write("a", says("mcp.demo", "one"));
    assertThat(fault("a").message()).contains("servers");
  }

  @Test
  void a_template_that_changes_renews_what_is_made_of_it() {
    write("t", template("one"));
    write("u", "- templatedRoute:\n    routeId: made\n    routeTemplateRef: t\n");
    assertThat(ask("made")).isEqualTo("one");
    write("t", template("two"));
    assertThat(ask("made")).isEqualTo("two");
    assertThat(templates).last().isEqualTo(Set.of("t"));
  }

  @Test
  void a_route_of_a_template_may_be_read_before_it() {
    directory.put(
        "a", file("a", "- templatedRoute:\n    routeId: made\n    routeTemplateRef: t\n"));
    directory.put("t", file("t", template("one")));
    files.apply(directory);
    assertThat(ask("made")).isEqualTo("one");
  }

  @Test
  void a_template_that_is_gone_leaves_none() {
    write("t", template("one"));
    directory.clear();
    files.apply(directory);
    Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
    assertThat(model.getRouteTemplateDefinitions()).isEmpty();
  }

  @Test
  void beans_come_and_go_with_their_file() {
    write("a", bean("one") + says("a", "x").replace("constant: x", "simple: ${ref:greeting}"));
    assertThat(ask("a")).isEqualTo("one");
    write("a", bean("two") + says("a", "x").replace("constant: x", "simple: ${ref:greeting}"));
    assertThat(ask("a")).isEqualTo("two");
    directory.clear();
    files.apply(directory);
    assertThat(camel.getRegistry().lookupByName("greeting")).isNull();
  }

  @Test
  void a_bean_that_cannot_be_made_keeps_the_former_one() {
    write("a", bean("one") + says("a", "x").replace("constant: x", "simple: ${ref:greeting}"));
    write("a", bean("two").replace(Greeting.class.getName(), "no.such.Bean") + says("a", "three"));
    assertThat(ask("a")).isEqualTo("one");
    assertThat(fault("a").message()).contains("no.such.Bean");
  }

  @Test
  void a_route_that_is_not_to_start_by_itself_does_not() {
    write("a", says("a", "one").replace("id: a\n", "id: a\n    autoStartup: false\n"));
    assertThat(camel.getRouteController().getRouteStatus("a").isStopped()).isTrue();
  }

  @Test
  void files_loaded_before_the_start_begin_with_it() {
    RouteFiles later = new RouteFiles(camel, servers, Doors.NONE, Duration.ofSeconds(5));
    directory.put("a.camel.yaml", file("a", says("a", "one")));
    later.apply(directory);
    assertThat(camel.getRouteController().getRouteStatus("a").isStarted()).isFalse();
    later.start();
    assertThat(ask("a")).isEqualTo("one");
  }

  @Test
  void a_call_that_is_inside_ends_before_its_route_is_replaced() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    camel
        .getRegistry()
        .bind(
            "slow",
            (org.apache.camel.Processor)
                exchange -> {
                  inside.countDown();
                  goOn.await(10, TimeUnit.SECONDS);
                });
    write(
        "a",
        says("a", "one")
            .replace("steps:\n", "steps:\n        - process:\n            ref: slow\n"));
    var answer = template.asyncRequestBody("direct:a", "x", String.class);
    assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
    Thread edit = Thread.startVirtualThread(() -> write("a", says("a", "two")));
    goOn.countDown();
    assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("one");
    edit.join();
    assertThat(ask("a")).isEqualTo("two");
  }

  @Test
  void a_file_with_comments_alone_is_no_fault() {
    write("a", "# nothing yet\n");
    assertThat(files.reports()).singleElement().satisfies(r -> assertThat(r.fault()).isNull());
  }

  private static String says(String id, String text) {
    return """
        - route:
            id: %s
            from:
              uri: direct:%s
              steps:
                - setBody:
                    constant: %s
        """
        .formatted(id, id, text);
  }

  private static String template(String text) {
    return """
        - routeTemplate:
            id: t
            from:
              uri: direct:made
              steps:
                - setBody:
                    constant: %s
        """
        .formatted(text);
  }

  private static String bean(String text) {
    return """
        - beans:
            - name: greeting
              type: %s
              properties:
                text: %s
        """
        .formatted(Greeting.class.getName(), text);
  }

  /** A bean of a team. */
  public static final class Greeting {
    private String text;

    public void setText(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private static RouteFile file(String name, String yaml) {
    return new RouteFile(
        name + ".camel.yaml",
        "routes/" + name + ".camel.yaml",
        yaml.getBytes(StandardCharsets.UTF_8));
  }

  private void write(String name, String yaml) {
    directory.put(name + ".camel.yaml", file(name, yaml));
    files.apply(directory);
  }

  private Fault fault(String name) {
    return files.reports().stream()
        .filter(report -> report.file().equals(name + ".camel.yaml"))
        .map(RouteFileReport::fault)
        .findFirst()
        .orElseThrow();
  }

  private String ask(String id) {
    return template.requestBody("direct:" + id, "x", String.class);
  }

  private final class Servers implements ServerRoutes {
    @Override
    public void whileNoneIsMade(Runnable action) {
      action.run();
    }

    @Override
    public void templatesChanged(Set<String> changed) {
      templates.add(changed);
    }

    @Override
    public boolean isReserved(String routeId) {
      return routeId.startsWith("mcp.");
    }
  }
}
