package io.mcprouter.transport.spi;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;

/** The options that endpoints of remote servers have in common. */
@UriParams
public class RemoteConfiguration {
  @UriParam(label = "security")
  @Metadata(secret = true)
  private @Nullable String url;

  @UriParam(prefix = "header.", multiValue = true, label = "security")
  @Metadata(secret = true)
  private Map<String, Object> headers = Map.of();

  @UriParam(label = "proxy,security")
  @Metadata(secret = true)
  private @Nullable String proxy;

  @UriParam(defaultValue = "10000", javaType = "java.time.Duration")
  private long initTimeout = 10_000;

  @UriParam(defaultValue = "16777216", label = "advanced")
  private int maxMessageBytes = ConnectionOptions.Limits.DEFAULT.maxMessageBytes();

  @UriParam(defaultValue = "200", label = "advanced")
  private int maxDepth = ConnectionOptions.Limits.DEFAULT.maxDepth();

  @UriParam(defaultValue = "1000", label = "advanced")
  private int maxPending = ConnectionOptions.Limits.DEFAULT.maxPending();

  @UriParam(defaultValue = "33554432", label = "advanced")
  private int maxQueuedBytes = ConnectionOptions.Limits.DEFAULT.maxQueuedBytes();

  @UriParam(label = "security")
  private @Nullable SSLContextParameters sslContextParameters;

  /** The options of a connection to {@code server}. */
  public ConnectionOptions connectionOptions(String server) {
    return ConnectionOptions.plain(
        server,
        Duration.ofMillis(initTimeout),
        new ConnectionOptions.Limits(maxMessageBytes, maxDepth, maxPending, maxQueuedBytes));
  }

  /**
   * The target that the options describe.
   *
   * @param schemes the URL schemes that the transport knows, in lower case
   * @throws McpFailure when an option is missing or is no URL
   */
  public RemoteTarget target(String server, List<String> schemes) throws McpFailure {
    Map<String, String> texts =
        headers.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, header -> String.valueOf(header.getValue())));
    URI via = proxy == null ? null : uri(server, "proxy", proxy);
    return new RemoteTarget(address(server, schemes), texts, via, "", false);
  }

  private URI address(String server, List<String> schemes) throws McpFailure {
    URI address = uri(server, "url", url == null ? "" : url);
    String scheme = address.getScheme();
    if (scheme == null
        || address.getRawAuthority() == null
        || !schemes.contains(scheme.toLowerCase(Locale.ROOT))) {
      throw notConfigured(
          server,
          "needs the option url, beginning with " + String.join(":// or ", schemes) + "://");
    }
    return address;
  }

  private static URI uri(String server, String option, String text) throws McpFailure {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw notConfigured(server, "its option " + option + " is no URL");
    }
  }

  private static McpFailure notConfigured(String server, String what) {
    return McpFailure.of(McpFailure.Kind.NOT_CONFIGURED, server, what);
  }

  public @Nullable String getUrl() {
    return url;
  }

  /** The server's address. Needed unless an earlier step of the route decides the target. */
  public void setUrl(@Nullable String url) {
    this.url = url;
  }

  public Map<String, Object> getHeaders() {
    return headers;
  }

  /**
   * Headers for every request to the server, each as an option of its own: header.Authorization=...
   */
  public void setHeaders(Map<String, Object> headers) {
    this.headers = headers;
  }

  public @Nullable String getProxy() {
    return proxy;
  }

  /**
   * A proxy to the server: http:// or socks5:// with host and port, user and password before the
   * host where it asks for them.
   */
  public void setProxy(@Nullable String proxy) {
    this.proxy = proxy;
  }

  public long getInitTimeout() {
    return initTimeout;
  }

  /** Limit in milliseconds for connecting and initializing together. */
  public void setInitTimeout(long initTimeout) {
    this.initTimeout = initTimeout;
  }

  public int getMaxMessageBytes() {
    return maxMessageBytes;
  }

  /** The largest message that is taken from the server, in bytes. */
  public void setMaxMessageBytes(int maxMessageBytes) {
    this.maxMessageBytes = maxMessageBytes;
  }

  public int getMaxDepth() {
    return maxDepth;
  }

  /** The deepest nesting of a message that is taken from the server. */
  public void setMaxDepth(int maxDepth) {
    this.maxDepth = maxDepth;
  }

  public int getMaxPending() {
    return maxPending;
  }

  /** The most calls that may be open at once on one connection. */
  public void setMaxPending(int maxPending) {
    this.maxPending = maxPending;
  }

  public int getMaxQueuedBytes() {
    return maxQueuedBytes;
  }

  /** The most bytes that may wait to be sent; a call beyond that fails at once. */
  public void setMaxQueuedBytes(int maxQueuedBytes) {
    this.maxQueuedBytes = maxQueuedBytes;
  }

  public @Nullable SSLContextParameters getSslContextParameters() {
    return sslContextParameters;
  }

  /**
   * Keys and trusted certificates for https and wss. By default the certificates that Java trusts;
   * the server's host name is verified in any case.
   */
  public void setSslContextParameters(@Nullable SSLContextParameters sslContextParameters) {
    this.sslContextParameters = sslContextParameters;
  }
}
