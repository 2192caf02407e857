package io.mcprouter.testkit;

import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** Settings of a router that knows its users by a proxy on this machine, and requests of theirs. */
public final class ProxyUsers {
  public static final String SECRET = "canary-7f3a-proxy-secret-of-32-characters";
  public static final String MASTER_KEY =
      Base64.getEncoder().encodeToString("canary-7f3a-master-key-32-bytes!".getBytes());

  private ProxyUsers() {}

  /** The settings, and more. */
  public static String[] settings(String... more) {
    return Stream.concat(
            Stream.of(
                "mcp-router.authentication.proxy.secret=" + SECRET,
                "mcp-router.authentication.proxy.addresses=127.0.0.1",
                "mcp-router.store.master-key=" + MASTER_KEY),
            Stream.of(more))
        .toArray(String[]::new);
  }

  public static Api api(RouterUnderTest router, String user, String... roles) {
    return Api.of(router, headers(user, roles).toArray(String[]::new));
  }

  public static McpClient.Setup client(RouterUnderTest router, String user, String... roles) {
    List<String> headers = headers(user, roles);
    McpClient.Setup setup = McpClient.of(router);
    for (int at = 0; at < headers.size(); at += 2) {
      setup = setup.header(headers.get(at), headers.get(at + 1));
    }
    return setup;
  }

  private static List<String> headers(String user, String... roles) {
    return List.of(
        "X-MCP-Router-Secret",
        SECRET,
        "X-MCP-User-Id",
        user,
        "X-MCP-User-Roles",
        String.join(",", roles));
  }
}
