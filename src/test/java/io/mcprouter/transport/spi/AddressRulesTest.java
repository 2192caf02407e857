package io.mcprouter.transport.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.protocol.AllowedAddress;
import io.mcprouter.protocol.AllowedDomain;
import io.mcprouter.transport.spi.AddressPolicy.Ruling;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be connected to, by every way in which an address can be written. */
class AddressRulesTest {
  private static final AddressRules NOTHING_ALLOWED = AddressRules.of(List.of(), List.of());

  private static AddressRules addresses(String... allowed) {
    return AddressRules.of(List.of(), Stream.of(allowed).map(AllowedAddress::parse).toList());
  }

  private static AddressRules domains(String... allowed) {
    return AddressRules.of(Stream.of(allowed).map(AllowedDomain::parse).toList(), List.of());
  }

  private static Destination at(String hostAndPort) {
    int colon = hostAndPort.lastIndexOf(':');
    boolean hasPort = colon > hostAndPort.lastIndexOf(']');
    return hasPort
        ? new Destination(
            "https",
            hostAndPort.substring(0, colon),
            Integer.parseInt(hostAndPort.substring(colon + 1)))
        : new Destination("https", hostAndPort, 443);
  }

  /** Whether a connection may be made where the name, if it is one, leads to {@code address}. */
  private static boolean mayReach(AddressRules rules, Destination to, String address) {
    return switch (rules.judge(to)) {
      case Ruling.Allowed allowed -> true;
      case Ruling.Refused refused -> false;
      case Ruling.ByAddress name -> rules.refusal(to, InetAddress.ofLiteral(address)) == null;
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // loopback and the unspecified address
        "127.0.0.1",
        "127.0.0.2",
        "127.255.255.254",
        "0.0.0.0",
        "0.1.2.3",
        "[::1]",
        "[::]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:7f00:0001]",
        "[::127.0.0.1]",
        "[::7f00:1]",
        "[::ffff:0:127.0.0.1]",
        // private, shared, unique local, site local
        "10.0.0.1",
        "10.255.255.255",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "100.64.0.1",
        "100.127.255.255",
        "[fc00::1]",
        "[fd12:3456::1]",
        "[fec0::1]",
        "[::ffff:10.0.0.1]",
        "[::ffff:c0a8:101]",
        // link-local and metadata services
        "169.254.169.254",
        "169.254.0.1",
        "[fe80::1]",
        "[febf::1]",
        "[fd00:ec2::254]",
        "[::ffff:a9fe:a9fe]",
        "[::ffff:169.254.169.254]",
        "[::a9fe:a9fe]",
        // translated
        "[2002:7f00:1::]",
        "[2002:a9fe:a9fe::1]",
        "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b::169.254.169.254]",
        "[64:ff9b:1::1]",
        "192.88.99.1",
        // multicast, broadcast, reserved, documentation
        "224.0.0.1",
        "239.255.255.250",
        "255.255.255.255",
        "240.0.0.1",
        "198.18.0.1",
        "192.0.0.1",
        "192.0.2.1",
        "198.51.100.7",
        "203.0.113.9",
        "[ff02::1]",
        "[2001:db8::1]",
        "[3fff::1]",
        "[100::1]",
        "[4000::1]",
        "[2001:10::1]",
        // what libraries read as 127.0.0.1 or 169.254.169.254
        "2130706433",
        "0x7f.1",
        "0x7f000001",
        "017700000001",
        "0177.0.0.1",
        "127.1",
        "127.0.1",
        "127.0.0.1.",
        "0127.0.0.1",
        "2852039166",
        "0xa9fea9fe",
        "0251.0376.0251.0376",
        "0",
        "1.2.3.4.5",
        "256.0.0.1",
        "[::1%25lo]",
        "[fe80::1%eth0]",
        "[::ffff:127.0.0.1.]",
        "[]",
        // what is no name
        "127。0。0。1",
        "①②⑦.0.0.1",
        "%31%32%37.0.0.1",
        "a b",
        "a@127.0.0.1",
        "",
        ".",
        "a..b",
        // names of this machine or network
        "localhost",
        "LOCALHOST",
        "localhost.",
        "a.localhost",
        "ip6-localhost",
        "localhost.localdomain",
        "metadata",
        "metadata.google.internal",
        "metadata.google.internal.",
        "host.docker.internal",
        "printer.local",
        "instance-data"
      })
  void what_is_not_of_the_public_internet_is_refused(String host) {
    assertThat(mayReach(NOTHING_ALLOWED.forUserServers(), at(host), "93.184.216.34")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "93.184.216.34",
        "8.8.8.8",
        "172.15.0.1",
        "172.32.0.1",
        "100.63.0.1",
        "100.128.0.1",
        "169.253.0.1",
        "192.0.1.1",
        "223.255.255.255",
        "[2606:4700::1111]",
        "[2a00:1450::8]",
        "[::ffff:8.8.8.8]",
        "example.com",
        "example.com.",
        "a_b.example.com",
        "xn--bcher-kva.example",
        "1e100.net",
        "0x.example",
        "localhost.example.com",
        "internal.example.com"
      })
  void what_is_of_the_public_internet_is_not(String host) {
    assertThat(mayReach(NOTHING_ALLOWED.forUserServers(), at(host), "93.184.216.34")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1", "::ffff:a9fe:a9fe"})
  void a_name_that_leads_there_is_refused(String address) {
    assertThat(mayReach(NOTHING_ALLOWED, at("rebound.example.com"), address)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "10.1.2.3:8080", "[::1]:3000", "[fd12::1]"})
  void the_administrators_own_literal_is_allowed_with_a_notice(String host) {
    assertThat(NOTHING_ALLOWED.judge(at(host))).isEqualTo(new Ruling.Allowed(true));
    assertThat(NOTHING_ALLOWED.forUserServers().judge(at(host))).isInstanceOf(Ruling.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "[fd00:ec2::254]",
        "0.0.0.0",
        "224.0.0.1",
        "2130706433",
        "[2002:7f00:1::]"
      })
  void no_server_of_ones_own_is_there(String host) {
    assertThat(NOTHING_ALLOWED.judge(at(host))).isInstanceOf(Ruling.Refused.class);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:3001, localhost:3001, 127.0.0.1, true",
    "localhost:3001, localhost:3002, 127.0.0.1, false",
    "localhost:3001, LOCALHOST.:3001, 127.0.0.1, true",
    "api.internal:8080, api.internal:8080, 10.0.0.1, true",
    "10.0.0.5:80, 10.0.0.5:80, -, true",
    "10.0.0.5:80, 10.0.0.5:81, -, false",
    "10.0.0.5:80, db.example.com:80, 10.0.0.5, true",
    "10.0.0.5:80, db.example.com:80, 10.0.0.6, false",
    "10.0.0.0/8, 10.9.9.9:1234, -, true",
    "10.0.0.0/8, 192.168.0.1:1234, -, false",
    "10.0.0.0/8:8080, 10.9.9.9:8080, -, true",
    "10.0.0.0/8:8080, 10.9.9.9:8081, -, false",
    "10.0.0.0/8, api.internal:80, 10.1.1.1, true",
    "10.0.0.0/8, api.internal:80, 8.8.8.8, false",
    "127.0.0.0/8, localhost:80, 127.0.0.1, true",
    "fd00::/8, [fd12::1]:80, -, true",
    "[fd00::/8]:443, [fd12::1]:80, -, false",
    "[::1]:80, [0:0:0:0:0:0:0:1]:80, -, true",
    "127.0.0.1:80, [::ffff:127.0.0.1]:80, -, true",
    "127.0.0.1:80, 127.1:80, -, false"
  })
  void an_allowed_address_opens_just_that(
      String allowed, String asked, String leadsTo, boolean expected) {
    String address = leadsTo.equals("-") ? "0.0.0.0" : leadsTo;
    assertThat(mayReach(addresses(allowed).forUserServers(), at(asked), address))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, https://example.com, true",
    "example.com, https://example.com:8443, true",
    "example.com, https://EXAMPLE.com., true",
    "example.com, https://a.example.com, false",
    "example.com, https://notexample.com, false",
    "*.example.com, https://a.b.example.com, true",
    "*.example.com, https://example.com, true",
    "*.example.com, https://notexample.com, false",
    "https://example.com, https://example.com, true",
    "https://example.com, http://example.com, false",
    "https://example.com, wss://example.com, false",
    "https://example.com:8443, https://example.com:8443, true",
    "https://example.com:8443, https://example.com, false",
    "https://example.com:443, https://example.com, true",
    "localhost, http://localhost:3001, true",
    "10.0.0.5, http://10.0.0.5:3001, true",
    "[fd12::1], http://[fd12::1]:3001, true",
    "example.com, http://127.0.0.1, false",
    "example.com, http://localhost, false"
  })
  void allowed_domains_bound_all(String allowed, String url, boolean expected) {
    assertThat(mayReach(domains(allowed), Destination.of(URI.create(url)), "10.0.0.1"))
        .isEqualTo(expected);
  }

  @Test
  void an_allowed_address_does_not_widen_allowed_domains() {
    AddressRules rules =
        AddressRules.of(
            List.of(AllowedDomain.parse("example.com")),
            List.of(AllowedAddress.parse("localhost:3001")));
    assertThat(mayReach(rules, at("localhost:3001"), "127.0.0.1")).isFalse();
  }

  @Test
  void a_refusal_says_what_to_do() {
    assertThat(NOTHING_ALLOWED.forUserServers().judge(at("10.0.0.1:8080")))
        .isEqualTo(
            new Ruling.Refused(
                "is a private address, which may not be reached unless"
                    + " mcpSettings.allowedAddresses holds 10.0.0.1:8080"));
  }

  @Test
  void every_address_of_a_name_is_judged() throws Exception {
    AddressPolicy mixed =
        new AddressPolicy() {
          @Override
          public Ruling judge(Destination destination) {
            return NOTHING_ALLOWED.judge(destination);
          }

          @Override
          public String refusal(Destination destination, InetAddress address) {
            return NOTHING_ALLOWED.refusal(destination, address);
          }

          @Override
          public List<InetAddress> lookUp(String host) {
            return List.of(InetAddress.ofLiteral("8.8.8.8"), InetAddress.ofLiteral("10.0.0.1"));
          }
        };
    assertThat(
            org.assertj.core.api.Assertions.catchException(
                () -> mixed.addresses(at("mixed.example.com"))))
        .isInstanceOf(ForbiddenAddressException.class)
        .hasMessageContaining("mixed.example.com:443 leads to a private address");
  }
}
