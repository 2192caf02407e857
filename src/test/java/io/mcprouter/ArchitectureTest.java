package io.mcprouter;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.mcprouter.protocol.Frame;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who may know whom. The direction is that of a call: endpoint, catalog, routing, session,
 * transport; all know the protocol, nobody knows the wiring.
 */
class ArchitectureTest {
  private static final String BASE = "io.mcprouter.";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importUrl(Frame.class.getProtectionDomain().getCodeSource().getLocation());

  /**
   * What each package may use of the others, besides itself. Failures and calls are vocabulary of
   * {@code transport.spi}, so whoever sends a call knows it.
   */
  private static final Map<String, List<String>> KNOWS =
      Map.ofEntries(
          Map.entry("protocol", List.of()),
          Map.entry("demo", List.of("protocol")),
          Map.entry("config", List.of("protocol")),
          Map.entry("credential", List.of("protocol")),
          Map.entry("identity", List.of("config", "credential", "protocol")),
          Map.entry("transport.spi", List.of("protocol")),
          Map.entry("transport.stdio", List.of("transport.spi", "protocol")),
          Map.entry("transport.http", List.of("transport.spi", "protocol")),
          Map.entry("transport.sse", List.of("transport.spi", "protocol")),
          Map.entry("transport.websocket", List.of("transport.spi", "protocol")),
          Map.entry("oauth", List.of("credential", "config", "transport.spi", "protocol")),
          Map.entry("session", List.of("transport.spi", "config", "protocol")),
          Map.entry("routing", List.of("config", "transport.spi", "protocol")),
          Map.entry("catalog", List.of("routing", "config", "transport.spi", "protocol")),
          Map.entry(
              "endpoint",
              List.of("identity", "catalog", "routing", "config", "transport.spi", "protocol")),
          // routes that are servers are definitions, as those of the file
          Map.entry(
              "integration", List.of("catalog", "routing", "config", "transport.spi", "protocol")),
          Map.entry(
              "monitoring",
              List.of("session", "routing", "config", "catalog", "transport.spi", "protocol")));

  static Stream<String> packages() {
    return KNOWS.keySet().stream();
  }

  private static String[] all(Stream<String> names) {
    return names.map(name -> BASE + name + "..").toArray(String[]::new);
  }

  @ParameterizedTest
  @MethodSource("packages")
  void a_package_knows_only_what_stands_behind_it(String name) {
    Stream<String> known = Stream.concat(Stream.of(name), KNOWS.get(name).stream());
    noClasses()
        .that()
        .resideInAPackage(BASE + name + "..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.mcprouter..").and(not(resideInAnyPackage(all(known)))))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void every_package_has_its_place() {
    Stream<String> atTheEdge = Stream.of("wiring", "cli", "console");
    classes()
        .should()
        .resideInAnyPackage(
            Stream.concat(
                    Stream.of("io.mcprouter"), Stream.of(all(Stream.concat(packages(), atTheEdge))))
                .toArray(String[]::new))
        .check(CLASSES);
  }

  @Test
  void packages_form_no_cycles() {
    slices().matching("io.mcprouter.(*)..").should().beFreeOfCycles().check(CLASSES);
    slices().matching("io.mcprouter.transport.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void the_protocol_needs_nothing_but_java_and_a_json_parser() {
    classes()
        .that()
        .resideInAPackage("io.mcprouter.protocol..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.mcprouter.protocol..", "java..", "com.fasterxml.jackson.core..", "org.jspecify..")
        .check(CLASSES);
  }

  @Test
  void spring_stays_at_the_edge() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.mcprouter",
            "io.mcprouter.wiring..",
            "io.mcprouter.cli..",
            "io.mcprouter.console..",
            "io.mcprouter.monitoring..",
            "io.mcprouter.credential..",
            "io.mcprouter.oauth..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.springframework..")
        .check(CLASSES);
  }

  /** JdbcClient and transactions are plain libraries; the container stays out of the store. */
  @Test
  void the_store_takes_of_spring_what_speaks_to_a_database() {
    noClasses()
        .that()
        .resideInAnyPackage("io.mcprouter.credential..", "io.mcprouter.oauth..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.springframework..")
                .and(
                    not(
                        resideInAnyPackage(
                            "org.springframework.jdbc..",
                            "org.springframework.transaction..",
                            "org.springframework.dao..",
                            "org.springframework.core.io.."))))
        .check(CLASSES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"protocol", "config", "identity", "credential", "catalog", "session"})
  void sockets_are_the_affair_of_endpoint_and_transports(String name) {
    noClasses()
        .that()
        .resideInAPackage(BASE + name + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx..", "io.netty..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"protocol", "config", "identity", "credential", "endpoint"})
  void camel_stays_behind_the_routes(String name) {
    noClasses()
        .that()
        .resideInAPackage(BASE + name + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.camel..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void only_programs_write_to_the_standard_streams() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.mcprouter.Launcher")
        .and()
        .resideOutsideOfPackages("io.mcprouter.cli..", "io.mcprouter.demo..")
        .should(ACCESS_STANDARD_STREAMS)
        .check(CLASSES);
  }

  @Test
  void logging_and_injection_have_one_way_each() {
    NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
    NO_CLASSES_SHOULD_USE_FIELD_INJECTION.check(CLASSES);
  }

  @Test
  void every_package_says_what_it_is_and_marks_what_may_be_null() {
    List<String> without =
        CLASSES.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(one -> !one.getName().equals("io.mcprouter"))
            .filter(
                one ->
                    one.tryGetPackageInfo()
                        .filter(info -> info.isAnnotatedWith(NullMarked.class))
                        .isEmpty())
            .map(one -> one.getName())
            .toList();
    assertThat(without).isEmpty();
  }
}
