package io.mcprouter.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Message;
import io.mcprouter.testkit.PetShop;
import io.mcprouter.testkit.RouterRoutes;
import io.mcprouter.testkit.RouterUnderTest;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An HTTP API whose operations are tools by its OpenAPI document and the shipped template. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestAsToolsTest {
  private static final String TOOLS =
      """
      - templatedRoute:
          routeTemplateRef: rest-tools
          routeId: pets
          parameters:
            - {name: server, value: pets}
            - {name: specification, value: "classpath:pets.yaml"}
            - {name: operations, value: "*"}
            - {name: url, value: "%1$s"}
            - {name: authorization, value: "Bearer token-of-${header.CamelMcpUser}"}
            - {name: maxBytes, value: "50000"}
      - templatedRoute:
          routeTemplateRef: rest-tools
          routeId: few
          parameters:
            - {name: server, value: few}
            - {name: specification, value: "classpath:pets.yaml"}
            - {name: operations, value: "listPets, getPet"}
            - {name: url, value: "%1$s"}
            - {name: roles, value: keeper}
      """;

  private final PetShop shop = new PetShop();
  private RouterUnderTest router;
  private McpClient client;

  @BeforeAll
  void start() throws Exception {
    router = RouterUnderTest.start("mcpServers: {}");
    RouterRoutes.of(router).load(TOOLS.formatted(shop.url()));
    RouterRoutes.awaitServers(router, "pets", "few");
  }

  @AfterAll
  void stop() {
    router.close();
    shop.close();
  }

  @BeforeEach
  void connect() {
    client = McpClient.of(router).server("pets").user("ada").connect();
  }

  @AfterEach
  void leave() {
    client.close();
  }

  private JsonNode tool(String name) {
    return StreamSupport.stream(
            client.ask("tools/list", "{}").result().path("tools").spliterator(), false)
        .filter(tool -> tool.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String json(Object value) throws Exception {
    return new ObjectMapper().writeValueAsString(value);
  }

  private static void assertError(Message reply, String text) {
    assertThat(reply.result().path("isError").asBoolean()).as("%s", reply).isTrue();
    assertThat(reply.text()).contains(text);
  }

  @Test
  void each_operation_that_can_be_is_a_tool() {
    assertThat(client.tools())
        .containsExactlyInAnyOrder(
            "listPets", "addPet", "getPet", "changePet", "removePet", "petPicture");
    JsonNode list = tool("listPets");
    assertThat(list.path("description").asText())
        .isEqualTo("Lists the pets.\n\nLists the pets of the shop, the youngest first.");
    assertThat(list.at("/annotations/readOnlyHint").asBoolean()).isTrue();
    assertThat(list.at("/inputSchema/properties/limit"))
        .hasToString(
            "{\"type\":\"integer\",\"minimum\":0,\"exclusiveMinimum\":0,\"default\":10,\"description\":\"The most that is listed\"}");
    assertThat(list.at("/inputSchema/properties").has("X-Shop")).isFalse();
    assertThat(tool("removePet").path("annotations"))
        .hasToString("{\"readOnlyHint\":false,\"destructiveHint\":true,\"idempotentHint\":true}");
    assertThat(tool("changePet").at("/annotations/idempotentHint").asBoolean()).isTrue();
    assertThat(tool("addPet").at("/annotations").has("idempotentHint")).isFalse();
  }

  @Test
  void a_schema_brings_what_it_refers_to() {
    JsonNode schema = tool("changePet").path("inputSchema");
    assertThat(schema.at("/required")).hasToString("[\"id\",\"body\"]");
    assertThat(schema.at("/properties/body/$ref").asText()).isEqualTo("#/$defs/Pet");
    assertThat(schema.at("/$defs/Pet/properties/parents/items/$ref").asText())
        .isEqualTo("#/$defs/Pet");
    assertThat(schema.at("/$defs/Pet/properties/nickname/type"))
        .hasToString("[\"string\",\"null\"]");
  }

  @Test
  void parameters_stand_in_path_and_query() {
    client.say("listPets", "{\"tags\":[\"a b\",\"c&d\"],\"kinds\":[\"x\",\"y\"],\"limit\":3}");
    assertThat(shop.last().method()).isEqualTo("GET");
    assertThat(shop.last().uri())
        .startsWith("/v1/pets?")
        .contains("tags=a%20b&tags=c%26d", "kinds=x,y", "limit=3");

    client.say("removePet", "{\"id\":\"7\"}");
    assertThat(shop.last().method()).isEqualTo("DELETE");
    assertThat(shop.last().uri()).isEqualTo("/v1/pets/7");
  }

  @Test
  void the_body_is_sent_as_json_and_checked_before() {
    client.say(
        "changePet", "{\"id\":\"7\",\"body\":{\"name\":\"Rex\",\"weight\":3.5,\"nickname\":null}}");
    assertThat(shop.last().body()).isEqualTo("{\"name\":\"Rex\",\"weight\":3.5,\"nickname\":null}");
    assertThat(shop.last().header("Content-type")).isEqualTo("application/json");
    int before = shop.count();

    assertError(client.call("changePet", "{\"id\":\"7\",\"body\":{\"weight\":3}}"), "name");
    assertThat(shop.count()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "../admin,..%2Fadmin",
    "a/b?x=1#y,a%2Fb%3Fx%3D1%23y",
    "{{env:HOME}},%7B%7Benv%3AHOME%7D%7D",
    "%2e%2e,%252e%252e",
    "//evil.example,%2F%2Fevil.example",
    "ü +,%C3%BC%20%2B"
  })
  void no_argument_leaves_its_place_in_the_path(String hostile, String sent) throws Exception {
    client.say("getPet", json(Map.of("id", hostile)));
    assertThat(shop.last().uri()).isEqualTo("/v1/pets/" + sent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", ".."})
  void no_step_up_is_sent(String step) throws Exception {
    int before = shop.count();
    assertError(client.call("removePet", json(Map.of("id", step))), "piece of a path");
    assertThat(shop.count()).isEqualTo(before);
  }

  @Test
  void no_argument_becomes_a_header_and_each_caller_has_credentials_of_their_own() {
    assertError(
        client.call("getPet", "{\"id\":\"7\",\"Authorization\":\"stolen\"}"), "Authorization");
    client.say("getPet", "{\"id\":\"7\"}");
    assertThat(shop.last().headers()).doesNotContainKey("Id");
    assertThat(shop.last().header("Authorization")).isEqualTo("Bearer token-of-ada");
    try (McpClient bob = McpClient.of(router).server("pets").user("bob").connect()) {
      bob.say("getPet", "{\"id\":\"7\"}");
    }
    assertThat(shop.last().header("Authorization")).isEqualTo("Bearer token-of-bob");
    assertThat(shop.last().headers()).doesNotContainKey("Cookie");
  }

  @Test
  void an_error_of_the_service_is_a_tool_error_without_its_headers() {
    Message missing = client.call("getPet", "{\"id\":\"missing\"}");
    assertError(missing, "status 404: {\"error\":\"no such pet\"}");
    assertThat(missing.toString()).doesNotContain("secret-of-the-service", "token-of-ada");
    Message broken = client.call("getPet", "{\"id\":\"broken\"}");
    assertError(broken, "status 500");
    assertThat(broken.text()).doesNotContain("Stack");
    assertError(client.call("getPet", "{\"id\":\"moved\"}"), "status 302");
  }

  @Test
  void an_answer_has_a_limit_a_type_or_nothing() {
    assertError(client.call("getPet", "{\"id\":\"huge\"}"), "larger than 50000 bytes");
    assertThat(
            client.call("petPicture", "{\"id\":\"7\"}").result().at("/content/0/mimeType").asText())
        .isEqualTo("image/png");
    assertThat(client.call("getPet", "{\"id\":\"gone\"}").result().path("content")).isEmpty();
  }

  @Test
  void only_allowed_operations_are_there_and_only_for_whom_the_route_says() {
    try (McpClient keeper =
            McpClient.of(router)
                .server("few")
                .user("bob")
                .header("X-MCP-User-Role", "keeper")
                .connect();
        McpClient other = McpClient.of(router).server("few").user("ada").connect()) {
      assertThat(keeper.tools()).containsExactlyInAnyOrder("listPets", "getPet");
      assertThat(other.tools()).isEmpty();
      keeper.say("getPet", "{\"id\":\"7\"}");
      assertThat(shop.last().headers()).doesNotContainKey("Authorization");
    }
  }

  @Test
  void what_cannot_be_is_said_when_the_route_starts() {
    assertThatThrownBy(() -> start("operations=importPets"))
        .hasStackTraceContaining("'importPets' cannot be a tool: its body is no JSON");
    assertThatThrownBy(() -> start("operations=nothing"))
        .hasStackTraceContaining("no operation 'nothing'; there are listPets, addPet");
    assertThatThrownBy(() -> start("maxBytes=1")).hasStackTraceContaining("option operations");
  }

  private void start(String option) throws Exception {
    RouterRoutes.of(router)
        .load(
            """
            - route:
                id: wrong
                from:
                  uri: "mcp-openapi:wrong?specification=classpath:pets.yaml&%s"
                  steps:
                    - log: never
            """
                .formatted(option));
  }

  @Test
  void a_service_that_is_away_is_a_tool_error() throws Exception {
    PetShop away = new PetShop();
    String url = away.url();
    away.close();
    RouterRoutes.of(router)
        .load(
            """
            - route:
                id: away
                from:
                  uri: mcp-openapi:away?specification=classpath:pets.yaml&operations=getPet
                  steps:
                    - to: "mcp-openapi:away?url=%s"
            """
                .formatted(url));
    RouterRoutes.awaitServers(router, "away");
    try (McpClient caller = McpClient.of(router).server("away").user("ada").connect()) {
      assertError(caller.call("getPet", "{\"id\":\"7\"}"), "cannot be reached");
    }
  }
}
