package io.mcprouter.oauth;

import io.mcprouter.transport.spi.AddressPolicy;
import io.mcprouter.transport.spi.Destination;
import io.mcprouter.transport.spi.ForbiddenAddressException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import javax.net.ssl.SSLContext;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The Apache HttpClient of the guarded sender: it connects to judged addresses alone, does as it is
 * told and nothing by itself, and has read a bounded body before anybody else sees the answer.
 */
final class GuardedSenderClient implements HttpClientConfigurer {
  /** What the request on this thread is meant for. */
  static final ScopedValue<Destination> ASKED = ScopedValue.newInstance();

  private static final int MOST_CONNECTIONS = 256;

  private final GuardedSenderLimits limits;

  GuardedSenderClient(GuardedSenderLimits limits) {
    this.limits = limits;
  }

  HttpClientConnectionManager connections(AddressPolicy policy, @Nullable SSLContext tls) {
    ConnectionConfig times =
        ConnectionConfig.custom()
            .setConnectTimeout(Timeout.of(limits.connect()))
            .setSocketTimeout(Timeout.of(limits.total()))
            .build();
    PoolingHttpClientConnectionManagerBuilder connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setConnectionFactory(socket -> new GuardedSenderConnection())
            .setDnsResolver(new JudgedNames(policy))
            .setMaxConnTotal(MOST_CONNECTIONS)
            .setMaxConnPerRoute(MOST_CONNECTIONS)
            .setDefaultConnectionConfig(times);
    if (tls != null) {
      connections.setTlsSocketStrategy(new DefaultClientTlsStrategy(tls));
    }
    return connections.build();
  }

  @Override
  public void configureHttpClient(HttpClientBuilder client) {
    // each request connects anew: a kept connection would outlive the judgement of its address
    client
        .setConnectionReuseStrategy((request, response, context) -> false)
        .setRoutePlanner(new DefaultRoutePlanner(null)) // nor by a proxy of the environment
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableContentCompression()
        .disableCookieManagement()
        .disableAuthCaching()
        .addExecInterceptorFirst("bounded body", this::bounded);
  }

  /**
   * Reads the body here: what Camel would do with the rest of one that is too large is drain it.
   */
  private ClassicHttpResponse bounded(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    ClassicHttpResponse answer = chain.proceed(request, scope);
    HttpEntity entity = answer.getEntity();
    if (entity == null) {
      return answer;
    }
    String encoding = entity.getContentEncoding();
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw given(scope, "compresses its answer, which it was not asked to");
    }
    byte[] body = read(entity);
    if (body.length > limits.maxBytes()) {
      throw given(scope, "answers with more than " + limits.maxBytes() + " bytes");
    }
    answer.setEntity(new ByteArrayEntity(body, ContentType.parseLenient(entity.getContentType())));
    return answer;
  }

  private byte[] read(HttpEntity entity) throws IOException {
    InputStream content = entity.getContent();
    return content == null ? new byte[0] : content.readNBytes(limits.maxBytes() + 1);
  }

  private static GuardedSenderException given(ExecChain.Scope scope, String what) {
    scope.execRuntime.discardEndpoint();
    return GuardedSenderException.unusable(ASKED.get(), what);
  }

  /** Looks names up by the policy, and only the name that was asked for. */
  private record JudgedNames(AddressPolicy policy) implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      Destination asked = ASKED.get();
      if (!new Destination(asked.scheme(), host, asked.port()).equals(asked)) {
        throw new UnknownHostException("not the host that was asked for");
      }
      try {
        return policy.addresses(asked).toArray(InetAddress[]::new);
      } catch (ForbiddenAddressException forbidden) {
        UnknownHostException refused = new UnknownHostException(asked.hostAndPort());
        refused.initCause(forbidden);
        throw refused;
      }
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
