package io.mcprouter.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.credential.ApiKeys;
import io.mcprouter.credential.NewKey;
import io.mcprouter.credential.Owner;
import io.mcprouter.testkit.Api;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import io.mcprouter.testkit.auth.Endpoint;
import io.mcprouter.testkit.auth.ProtectedMcpServer;
import io.mcprouter.testkit.auth.RegisteredClient;
import io.mcprouter.testkit.auth.ScriptedAuthorizationServer;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pages of a login where users must prove who they are. */
class LoginPagesTest {
  private static final String HOSTILE = "<img src=x onerror=alert(1)>";
  private static ScriptedAuthorizationServer issuer;
  private static ScriptedAuthorizationServer people;
  private static ProtectedMcpServer server;
  private static RouterUnderTest router;
  private static String ada;
  private static String bo;

  private final CookieManager cookies = new CookieManager();
  private final HttpClient browser = HttpClient.newBuilder().cookieHandler(cookies).build();
  private URI link;

  @BeforeAll
  static void start() {
    issuer = ScriptedAuthorizationServer.start();
    people = ScriptedAuthorizationServer.start();
    people.add(RegisteredClient.withSecret("router", "s3cret", "client_secret_basic"));
    server = ProtectedMcpServer.start(issuer);
    ObjectNode entry = server.entry(South.HTTP);
    router =
        RouterUnderTest.start(
            new ServersFile().with("guarded", entry),
            "mcp-router.authentication.api-keys=true",
            "mcp-router.authentication.issuers.company.issuer=" + people.issuer(),
            "mcp-router.authentication.issuers.company.login.client-id=router",
            "mcp-router.authentication.issuers.company.login.client-secret=s3cret",
            "mcp-router.store.master-key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    ada = key("ada");
    bo = key("bo");
  }

  private static String key(String user) {
    return router
        .bean(ApiKeys.class)
        .create(new NewKey(new Owner("", user), Map.of(), "test", Set.of(), Set.of(), null))
        .text();
  }

  @AfterAll
  static void stop() {
    router.close();
    server.close();
    issuer.close();
    people.close();
  }

  @BeforeEach
  void wantALogin() {
    Api api = Api.of(router, "X-API-Key", ada);
    api.delete("/api/servers/guarded/login");
    link = URI.create(api.post("/api/servers/guarded/login").at("/authorizationUrl"));
  }

  private HttpResponse<String> open(URI uri) throws Exception {
    return browser.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> press(URI uri, String form, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return browser.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void nothing_is_said_of_a_login_before_the_user_is_known() throws Exception {
    HttpResponse<String> page = open(link);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("Who are you?").doesNotContain("guarded", "127.0.0.1");
  }

  @Test
  void a_key_proves_the_user_and_the_login_goes_on_to_its_end() throws Exception {
    HttpResponse<String> offer = press(link, "key=" + ada + "&show=yes");
    assertThat(offer.body()).contains("guarded", "127.0.0.1", "Continue");
    assertThat(offer.headers().firstValue("Set-Cookie").orElseThrow())
        .contains("HttpOnly", "SameSite=Lax");
    HttpResponse<String> next = press(link, "agree=yes");
    assertThat(next.statusCode()).isEqualTo(303);
    URI authorize = URI.create(next.headers().firstValue("Location").orElseThrow());
    HttpResponse<String> answered = open(authorize);
    HttpResponse<String> done =
        open(URI.create(answered.headers().firstValue("Location").orElseThrow()));
    assertThat(done.body()).contains("Connected");
    assertThat(
            Api.of(router, "X-API-Key", ada)
                .post("/api/servers/guarded/initialize")
                .at("/connection/status"))
        .isEqualTo("connected");
  }

  /** From the page of the link to the one behind the issuer. */
  private HttpResponse<String> logInAs(String user) throws Exception {
    people.script().user(user);
    HttpResponse<String> page = open(link);
    assertThat(page.body()).contains("Log in with company");
    String href = page.body().replaceAll("(?s).*<a href=\"([^\"]*)\".*", "$1");
    HttpResponse<String> sent = open(link.resolve(href));
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(303);
    HttpResponse<String> answered = open(next(sent));
    HttpResponse<String> back = open(next(answered));
    assertThat(back.statusCode()).as(back.body()).isEqualTo(303);
    return open(next(back));
  }

  private static URI next(HttpResponse<String> answer) {
    return URI.create(answer.headers().firstValue("Location").orElseThrow());
  }

  @Test
  void a_login_at_an_issuer_proves_the_user() throws Exception {
    HttpResponse<String> offer = logInAs("ada");
    assertThat(offer.statusCode()).as(offer.body()).isEqualTo(200);
    assertThat(offer.body()).contains("You are <b>ada</b>", "guarded", "Continue");
    assertThat(press(link, "agree=yes").statusCode()).isEqualTo(303);
  }

  @Test
  void somebody_else_at_the_issuer_does_not_open_the_link() throws Exception {
    assertThat(logInAs("bo").statusCode()).isEqualTo(400);
  }

  @Test
  void an_issuers_answer_in_another_browser_proves_nobody() throws Exception {
    people.script().user("ada");
    String href = open(link).body().replaceAll("(?s).*<a href=\"([^\"]*)\".*", "$1");
    HttpResponse<String> answered = open(next(open(link.resolve(href))));
    cookies.getCookieStore().removeAll();
    assertThat(open(next(answered)).statusCode()).isEqualTo(400);
  }

  @Test
  void another_users_key_does_not_open_the_link() throws Exception {
    issuer.forgetRequests();
    HttpResponse<String> refused = press(link, "key=" + bo + "&agree=yes");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("another user");
    assertThat(issuer.requests(Endpoint.AUTHORIZATION)).isEmpty();
  }

  @Test
  void a_wrong_key_is_told_so() throws Exception {
    HttpResponse<String> refused = press(link, "key=mcr_1_wrong&agree=yes");
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.body()).contains("There is no such API key").doesNotContain("mcr_1_wrong");
  }

  @Test
  void a_browser_names_the_routers_own_page_as_the_origin_of_its_form() throws Exception {
    String own = "http://localhost:" + link.getPort();
    assertThat(press(link, "key=" + ada + "&show=yes", "Origin", own).statusCode()).isEqualTo(200);
    assertThat(press(link, "key=" + ada + "&show=yes", "Origin", "null").statusCode())
        .isEqualTo(403);
  }

  @Test
  void a_form_of_another_page_is_refused() throws Exception {
    HttpResponse<String> refused =
        press(link, "key=" + ada + "&agree=yes", "Origin", "https://evil.example.com");
    assertThat(refused.statusCode()).isEqualTo(403);
  }

  @Test
  void pages_run_no_script_and_stand_in_no_frame() throws Exception {
    HttpResponse<String> page = open(link);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
        .doesNotContain("unsafe");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("same-origin");
    assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
  }

  @Test
  void what_an_authorization_server_says_stands_as_text() throws Exception {
    press(link, "key=" + ada + "&show=yes");
    URI authorize =
        URI.create(press(link, "agree=yes").headers().firstValue("Location").orElseThrow());
    issuer.script().denial(HOSTILE);
    try {
      HttpResponse<String> answered = open(authorize);
      HttpResponse<String> page =
          open(URI.create(answered.headers().firstValue("Location").orElseThrow()));
      assertThat(page.statusCode()).isEqualTo(400);
      assertThat(page.body()).contains("Not connected").doesNotContain("<img");
    } finally {
      issuer.script().denial(null);
    }
  }

  @Test
  void an_answer_without_the_browsers_cookie_is_refused() throws Exception {
    press(link, "key=" + ada + "&show=yes");
    URI authorize =
        URI.create(press(link, "agree=yes").headers().firstValue("Location").orElseThrow());
    HttpResponse<String> answered = open(authorize);
    cookies.getCookieStore().removeAll();
    HttpResponse<String> page =
        open(URI.create(answered.headers().firstValue("Location").orElseThrow()));
    assertThat(page.statusCode()).isEqualTo(400);
    assertThat(page.body()).contains("not begun in this browser");
  }
}
