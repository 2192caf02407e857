package io.mcprouter.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UriTemplateTest {
  @ParameterizedTest
  @CsvSource({
    "note://{id}, note://7",
    "note://{id}/raw, note://a%20b/raw",
    "file:///{+path}, file:///a/b/c.txt",
    "page://x{#part}, page://x#top",
    "page://x{#part}, page://x",
    "pic://x{.ext}, pic://x.png",
    "repo://{owner}{/name}, repo://me/it",
    "repo://{owner}{/name}, repo://me",
    "repo://x{/path*}, repo://x/a/b",
    "'geo://{lat,lon}', 'geo://1,2'",
    "search://all{?q}, search://all?q=a&b=c",
    "search://all{?q}, search://all",
    "search://all?fixed=1{&q}, search://all?fixed=1&q=x",
    "map://m{;x}, map://m;x=1",
    "plain://nothing, plain://nothing",
  })
  void fits(String template, String uri) {
    assertThat(UriTemplate.of(template).matches(uri)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "note://{id}, note://7/raw",
    "note://{id}, note://",
    "note://{id}/raw, note://7",
    "file:///{path}, file:///a/b",
    "note://{id, note://{id",
    "note://{}, note://x",
    "plain://nothing, plain://nothing/more",
  })
  void does_not_fit(String template, String uri) {
    assertThat(UriTemplate.of(template).matches(uri)).isFalse();
  }

  @Test
  void many_variables_in_a_row_take_no_exponential_time() {
    UriTemplate template = UriTemplate.of("x://" + "{a}{+b}".repeat(50) + "!");
    String uri = "x://" + "a".repeat(8_000);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> assertThat(template.matches(uri)).isFalse());
  }

  @Test
  void beyond_the_bounds_nothing_fits() {
    String longUri = "x://" + "a".repeat(UriTemplate.MAX_URI);
    assertThat(UriTemplate.of("x://{a}").matches(longUri)).isFalse();
    String longTemplate = "x".repeat(UriTemplate.MAX_TEMPLATE + 1);
    assertThat(UriTemplate.of(longTemplate).matches(longTemplate)).isFalse();
  }
}
