package io.mcprouter.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.protocol.AllowedAddress;
import io.mcprouter.protocol.AllowedDomain;
import io.mcprouter.transport.spi.AddressPolicy;
import io.mcprouter.transport.spi.AddressRules;
import io.mcprouter.transport.spi.Destination;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.McpFailure.Kind;
import io.mcprouter.transport.spi.RemoteComponent;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PfxOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the transports of remote servers connect to: what was judged, and nothing else. */
public abstract class AddressBehaviour extends CamelFixture {
  private static final String NAME = "server.example.com";
  private static final AddressRules STRICT = AddressRules.of(List.of(), List.of());

  private final List<String> hosts = new CopyOnWriteArrayList<>();

  private final String scheme;

  /**
   * @param scheme the component's
   */
  protected AddressBehaviour(String scheme) {
    this.scheme = scheme;
  }

  /** Starts a server behind a gate; gives its URL, as it is without TLS. */
  protected abstract String server(HttpServerOptions options, Predicate<HttpServerRequest> gate);

  private String url() {
    return server(
        new HttpServerOptions(),
        request -> {
          hosts.add(String.valueOf(request.authority().host()));
          return true;
        });
  }

  private String secureServer(HttpServerOptions options, Predicate<HttpServerRequest> gate) {
    return server(options, gate).replaceFirst("^(http|ws):", "$1s:");
  }

  @Test
  void tls_is_with_the_name_though_the_connection_goes_to_the_address(@TempDir Path dir)
      throws Exception {
    allow(new Names("127.0.0.0/8", "127.0.0.1"));
    Path store = Certificates.keyStore(dir, "dns:" + NAME);
    Path other = Certificates.keyStore(dir, "dns:other.example.com");
    PfxOptions key = new PfxOptions().setPath(store.toString()).setPassword(Certificates.PASSWORD);
    List<String> indicated = new CopyOnWriteArrayList<>();
    String url =
        secureServer(
            new HttpServerOptions().setSsl(true).setSni(true).setKeyCertOptions(key),
            request -> {
              indicated.add(String.valueOf(request.connection().indicatedServerName()));
              return true;
            });
    context.getRegistry().bind("trust", Certificates.trusting(store));
    context.getRegistry().bind("distrust", Certificates.trusting(other));
    String named = uri(url.replace("127.0.0.1", NAME)) + "&sslContextParameters=#";
    String misnamed = uri(url.replace("127.0.0.1", "evil.example.com")) + "&sslContextParameters=#";
    assertThat(calls.result(named + "trust", "ping", "{}")).isEqualTo("{}");
    assertThat(indicated).isNotEmpty().containsOnly(NAME);
    assertThat(calls.failure(misnamed + "trust", "ping", "{}"))
        .hasMessageContaining("is not trusted");
    assertThat(calls.failure(named + "distrust", "ping", "{}"))
        .hasMessageContaining("is not trusted");
  }

  private String uri(String url) {
    return endpointUri(scheme + ":weather", url);
  }

  private void allow(AddressPolicy policy) {
    context.getComponent(scheme, RemoteComponent.class).setAddressPolicy(policy);
  }

  @Test
  void a_component_of_its_own_goes_where_its_route_says() throws Exception {
    assertThat(calls.result(uri(url()), "ping", "{}")).isEqualTo("{}");
  }

  @Test
  void the_name_is_looked_up_once_and_kept_in_what_is_said() throws Exception {
    Names names = new Names("127.0.0.0/8", "127.0.0.1");
    allow(names);
    String uri = uri(url().replace("127.0.0.1", NAME));
    for (int call = 0; call < 20; call++) {
      assertThat(calls.result(uri, "ping", "{}")).isEqualTo("{}");
    }
    assertThat(names.lookUps).containsExactly(NAME);
    assertThat(hosts).isNotEmpty().containsOnly(NAME);
  }

  @Test
  void a_name_that_leads_to_this_machine_is_not_connected_to() throws Exception {
    allow(new Names(null, "127.0.0.1"));
    McpFailure failure = calls.failure(uri(url().replace("127.0.0.1", NAME)), "ping", "{}");
    assertThat(failure.kind()).isEqualTo(Kind.FORBIDDEN);
    assertThat(failure).hasMessageContaining(NAME).hasMessageContaining("a loopback address");
    assertThat(hosts).isEmpty();
  }

  @Test
  void one_forbidden_address_among_others_is_enough() throws Exception {
    allow(new Names("127.0.0.1/32", "127.0.0.1", "10.0.0.1"));
    assertThat(calls.failure(uri(url().replace("127.0.0.1", NAME)), "ping", "{}").kind())
        .isEqualTo(Kind.FORBIDDEN);
    assertThat(hosts).isEmpty();
  }

  @Test
  void a_name_that_is_rebound_behind_the_judgement_is_not_followed() throws Exception {
    // the first answer stands for a public address: nothing listens there
    Names names = new Names("127.1.1.1/32", "127.1.1.1");
    allow(names);
    String uri = uri(url().replace("127.0.0.1", NAME));
    assertThat(calls.failure(uri, "ping", "{}").kind()).isEqualTo(Kind.UNAVAILABLE);
    names.answer = List.of("127.0.0.1");
    assertThat(calls.failure(uri, "ping", "{}").kind()).isIn(Kind.UNAVAILABLE, Kind.FORBIDDEN);
    allow(names); // without what was remembered
    assertThat(calls.failure(uri, "ping", "{}").kind()).isEqualTo(Kind.FORBIDDEN);
    assertThat(hosts).isEmpty();
  }

  @Test
  void an_address_that_does_not_answer_makes_way_for_the_next() throws Exception {
    allow(new Names("127.0.0.0/8", "127.1.1.1", "127.0.0.1"));
    String uri = uri(url().replace("127.0.0.1", NAME));
    assertThat(calls.failure(uri, "ping", "{}").kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(calls.result(uri, "ping", "{}")).isEqualTo("{}");
  }

  @Test
  void the_administrators_own_literal_is_reached() throws Exception {
    allow(STRICT);
    assertThat(calls.result(uri(url()), "ping", "{}")).isEqualTo("{}");
  }

  @Test
  void where_users_write_addresses_a_literal_is_not() throws Exception {
    allow(STRICT.forUserServers());
    McpFailure failure = calls.failure(uri(url()), "ping", "{}");
    assertThat(failure.kind()).isEqualTo(Kind.FORBIDDEN);
    assertThat(failure).hasMessageContaining("mcpSettings.allowedAddresses");
    assertThat(hosts).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2130706433", "0x7f.1", "0177.0.0.1", "127.1", "[::ffff:7f00:1]"})
  void an_odd_spelling_of_this_machine_is_refused(String host) throws Exception {
    allow(STRICT.forUserServers());
    McpFailure failure = calls.failure(uri(url().replace("127.0.0.1", host)), "ping", "{}");
    assertThat(failure.kind()).isEqualTo(Kind.FORBIDDEN);
    assertThat(hosts).isEmpty();
  }

  @Test
  void allowed_domains_bound_the_administrators_literals_too() throws Exception {
    allow(AddressRules.of(List.of(AllowedDomain.parse("example.com")), List.of()));
    assertThat(calls.failure(uri(url()), "ping", "{}"))
        .hasMessageContaining("mcpSettings.allowedDomains");
    assertThat(hosts).isEmpty();
  }

  @Test
  void a_proxy_looks_names_up_itself() throws Exception {
    Names names = new Names(null, "10.0.0.1");
    allow(names);
    TunnelProxy proxy = new TunnelProxy(vertx);
    String uri = uri(url().replace("127.0.0.1", "127.0.0.1.nip.example"));
    McpFailure failure =
        calls.failure(uri + "&proxy=http://127.0.0.1:" + proxy.port(), "ping", "{}");
    assertThat(failure.kind()).isIn(Kind.UNAVAILABLE, Kind.CONNECTION_LOST);
    assertThat(proxy.heads()).anyMatch(head -> head.contains("nip.example"));
    assertThat(names.lookUps).isEmpty();
  }

  /** Names that lead where a test says. */
  private static final class Names implements AddressPolicy {
    private final AddressRules rules;
    private final List<String> lookUps = new CopyOnWriteArrayList<>();
    private volatile List<String> answer;

    Names(@Nullable String allowed, String... answer) {
      this.rules =
          AddressRules.of(
                  List.of(), allowed == null ? List.of() : List.of(AllowedAddress.parse(allowed)))
              .forUserServers();
      this.answer = List.of(answer);
    }

    @Override
    public Ruling judge(Destination destination) {
      return rules.judge(destination);
    }

    @Override
    public @Nullable String refusal(Destination destination, InetAddress address) {
      return rules.refusal(destination, address);
    }

    @Override
    public List<InetAddress> lookUp(String host) throws UnknownHostException {
      lookUps.add(host);
      return answer.stream().map(InetAddress::ofLiteral).toList();
    }
  }
}
