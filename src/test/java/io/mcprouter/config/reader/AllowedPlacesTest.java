package io.mcprouter.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.protocol.AllowedAddress;
import io.mcprouter.protocol.AllowedDomain;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where servers may be, as {@code mcpSettings} says it. */
class AllowedPlacesTest {
  @Test
  void each_form_is_read() {
    assertThat(AllowedAddress.parse("LocalHost:3001"))
        .isEqualTo(new AllowedAddress.Named("localhost", 3001));
    assertThat(AllowedAddress.parse("10.0.0.0/8")).isEqualTo(network("10.0.0.0", 8, 0));
    assertThat(AllowedAddress.parse("10.0.0.0/8:80")).isEqualTo(network("10.0.0.0", 8, 80));
    assertThat(AllowedAddress.parse("10.0.0.5:80")).isEqualTo(network("10.0.0.5", 32, 80));
    assertThat(AllowedAddress.parse("fd00::/8")).isEqualTo(network("fd00::", 8, 0));
    assertThat(AllowedAddress.parse("[fd00::/8]:443")).isEqualTo(network("fd00::", 8, 443));
    assertThat(AllowedAddress.parse("[::1]:80")).isEqualTo(network("::1", 128, 80));
    assertThat(AllowedDomain.parse("HTTPS://*.Example.com:8443"))
        .isEqualTo(new AllowedDomain("https", true, "example.com", 8443));
  }

  private static AllowedAddress network(String prefix, int bits, int port) {
    return new AllowedAddress.Network(InetAddress.ofLiteral(prefix), bits, port);
  }

  @ParameterizedTest
  @CsvSource({
    "allowedAddresses, localhost, is no address",
    "allowedAddresses, http://localhost:3001, is no address",
    "allowedAddresses, 10.0.0.1, is no address",
    "allowedAddresses, 10.0.0.0/33, has a prefix of more than 32 bits",
    "allowedAddresses, 10.0.0.1/8, must be zeros",
    "allowedAddresses, 0x7f.1:80, is no IP address",
    "allowedAddresses, host/8, is no IP address",
    "allowedAddresses, localhost:0, has a port outside 1 to 65535",
    "allowedAddresses, localhost:65536, has a port outside 1 to 65535",
    "allowedDomains, https://example.com/path, is no host",
    "allowedDomains, 172.19.0.*, is no host"
  })
  void what_is_wrong_is_told_with_its_line(String key, String text, String why) {
    var read =
        ReadFiles.read("mcpSettings:\n  " + key + ":\n    - '" + text + "'\nmcpServers: {}\n");
    assertThat(read.faults())
        .anySatisfy(
            fault -> {
              assertThat(fault.isError()).isTrue();
              assertThat(fault.toString()).contains(":3:", "mcpSettings." + key + "[0]", why);
            });
  }
}
