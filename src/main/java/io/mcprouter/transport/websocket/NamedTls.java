package io.mcprouter.transport.websocket;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.DelegatingSslContext;
import io.netty.handler.ssl.SslContext;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS with a server that is connected to by address: its name is what the handshake tells and what
 * the certificate is checked against. Vert.x's HTTP client keeps name and address apart; its
 * websocket client knows only one of them.
 */
final class NamedTls extends JdkSSLEngineOptions {
  private final String name;

  NamedTls(String name) {
    this.name = name;
  }

  @Override
  public NamedTls copy() {
    return new NamedTls(name);
  }

  @Override
  public SslContextFactory sslContextFactory() {
    return new Factory(super.sslContextFactory(), name);
  }

  /** Makes what Vert.x makes, and puts the name in. */
  private static final class Factory implements SslContextFactory {
    private final SslContextFactory own;
    private final String name;

    Factory(SslContextFactory own, String name) {
      this.own = own;
      this.name = name;
    }

    @Override
    public SslContextFactory useAlpn(boolean use) {
      return new Factory(own.useAlpn(use), name);
    }

    @Override
    public SslContextFactory clientAuth(ClientAuth auth) {
      return new Factory(own.clientAuth(auth), name);
    }

    @Override
    public SslContextFactory forClient(boolean client) {
      return new Factory(own.forClient(client), name);
    }

    @Override
    public SslContextFactory keyMananagerFactory(KeyManagerFactory keys) {
      return new Factory(own.keyMananagerFactory(keys), name);
    }

    @Override
    public SslContextFactory trustManagerFactory(TrustManagerFactory trust) {
      return new Factory(own.trustManagerFactory(trust), name);
    }

    @Override
    public SslContextFactory enabledCipherSuites(Set<String> suites) {
      return new Factory(own.enabledCipherSuites(suites), name);
    }

    @Override
    public SslContextFactory applicationProtocols(List<String> protocols) {
      return new Factory(own.applicationProtocols(protocols), name);
    }

    @Override
    public SslContextFactory serverName(String address) {
      return this;
    }

    @Override
    public SslContext create() throws SSLException {
      return new Named(own.create(), name);
    }
  }

  /** The JDK checks a certificate against the name that was asked for. */
  private static final class Named extends DelegatingSslContext {
    private final String name;

    Named(SslContext own, String name) {
      super(own);
      this.name = name;
    }

    @Override
    protected void initEngine(SSLEngine engine) {
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName(name)));
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      engine.setSSLParameters(parameters);
    }
  }
}
