package io.mcprouter.oauth;

import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import io.mcprouter.transport.spi.AddressPolicy;
import io.mcprouter.transport.spi.Destination;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Sends the router's own requests to authorization servers, by camel-http with a client that trusts
 * nobody: {@code https} alone ({@code http} on this machine), addresses judged when they are
 * connected to, no redirects, no cookies, no proxy of the environment, bounds for time and size.
 * Headers and bodies are never logged. Blocks its caller, who is a virtual thread; safe for all
 * threads.
 *
 * <p>Every failure is a {@link GuardedSenderException}. A redirect is an answer like any other.
 */
public final class GuardedSender implements HTTPRequestSender, AutoCloseable {
  /** Each request has an address of its own; this one is never connected to. */
  private static final String NOWHERE = "https://guarded.invalid";

  private final HttpEndpoint endpoint;
  private final Producer producer;
  private final GuardedSenderLimits limits;

  public GuardedSender(CamelContext camel, AddressPolicy policy) {
    this(camel, policy, GuardedSenderLimits.DEFAULT, null);
  }

  /**
   * Makes a sender.
   *
   * @param policy where it may connect to: {@code forUserServers()} of the router's rules, since
   *     servers name these addresses, and not the administrator
   * @param tls whom to trust, null for what Java trusts
   */
  public GuardedSender(
      CamelContext camel,
      AddressPolicy policy,
      GuardedSenderLimits limits,
      @Nullable SSLContext tls) {
    this.limits = limits;
    this.endpoint = endpoint(camel, policy, limits, tls);
    try {
      this.producer = endpoint.createProducer();
    } catch (Exception e) {
      throw new IllegalStateException("camel-http makes no producer", e);
    }
    producer.start();
  }

  private static HttpEndpoint endpoint(
      CamelContext camel,
      AddressPolicy policy,
      GuardedSenderLimits limits,
      @Nullable SSLContext tls) {
    GuardedSenderClient client = new GuardedSenderClient(limits);
    HttpComponent component = new HttpComponent();
    component.setCamelContext(camel);
    component.setClientConnectionManager(client.connections(policy, tls));
    component.setHttpClientConfigurer(client);
    component.setCopyHeaders(false);
    component.setResponseTimeout(limits.total().toMillis());
    component.start();
    try {
      HttpEndpoint endpoint = (HttpEndpoint) component.createEndpoint(NOWHERE);
      endpoint.setThrowExceptionOnFailure(false);
      endpoint.start();
      return endpoint;
    } catch (Exception e) {
      throw new IllegalStateException("camel-http makes no endpoint", e);
    }
  }

  @Override
  public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest request) throws GuardedSenderException {
    return send(request, Map.of());
  }

  /** The same sender with headers for each request ({@code oauth_headers}), as far as unset. */
  public HTTPRequestSender with(Map<String, String> headers) {
    Map<String, String> own = Map.copyOf(headers);
    return request -> send(request, own);
  }

  /** Asks for a JSON document. */
  public ReadOnlyHTTPResponse get(URI url) throws GuardedSenderException {
    return get(url, Map.of());
  }

  /** The text of a JSON document that has to be there. */
  public String document(URI url) throws IOException {
    ReadOnlyHTTPResponse answer = get(url);
    if (answer.getStatusCode() != 200 || answer.getBody() == null) {
      throw new IOException(url.getHost() + " answers HTTP " + answer.getStatusCode());
    }
    return answer.getBody();
  }

  /** Asks for a JSON document with headers. */
  public ReadOnlyHTTPResponse get(URI url, Map<String, String> headers)
      throws GuardedSenderException {
    destination(url); // the library knows fewer schemes than there are
    HTTPRequest request = new HTTPRequest(HTTPRequest.Method.GET, url);
    request.setAccept("application/json");
    return send(request, headers);
  }

  private ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest request, Map<String, String> headers)
      throws GuardedSenderException {
    Destination asked = destination(request.getURI());
    FutureTask<HTTPResponse> task =
        new FutureTask<>(
            () ->
                ScopedValue.where(GuardedSenderClient.ASKED, asked)
                    .call(() -> exchange(request, headers)));
    Thread.ofVirtual().name("mcp-oauth-request").start(task);
    try {
      return task.get(limits.total().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw GuardedSenderException.of(asked, Objects.requireNonNullElse(e.getCause(), e));
    } catch (TimeoutException late) {
      throw GuardedSenderException.of(asked, late);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw GuardedSenderException.of(asked, new InterruptedIOException());
    } finally {
      task.cancel(true); // which closes the socket that a virtual thread waits for
    }
  }

  private static Destination destination(URI url) throws GuardedSenderException {
    if (url.getHost() == null || url.getScheme() == null || url.getRawUserInfo() != null) {
      throw GuardedSenderException.forbidden(
          "A URL for authorization names no host, or credentials before it");
    }
    Destination asked = Destination.of(url);
    boolean isPlain = asked.scheme().equals("http") && asked.isThisMachine();
    if (!isPlain && !asked.scheme().equals("https")) {
      throw GuardedSenderException.forbidden(
          asked.hostAndPort() + " must be asked by https; only this machine may be asked by http");
    }
    return asked;
  }

  private HTTPResponse exchange(ReadOnlyHTTPRequest request, Map<String, String> headers)
      throws Exception {
    Exchange exchange = endpoint.createExchange();
    headers.forEach(exchange.getMessage()::setHeader);
    request
        .getHeaderMap()
        .forEach(
            (name, values) -> exchange.getMessage().setHeader(name, String.join(", ", values)));
    exchange.getMessage().setHeader(Exchange.HTTP_URI, request.getURI().toString());
    exchange.getMessage().setHeader(Exchange.HTTP_METHOD, request.getMethod().name());
    String body = request.getBody();
    exchange.getMessage().setBody(body == null ? null : body.getBytes(StandardCharsets.UTF_8));
    producer.process(exchange);
    Exception failed = exchange.getException();
    if (failed != null) {
      throw failed;
    }
    return answer(exchange);
  }

  private static HTTPResponse answer(Exchange exchange) throws IOException {
    int status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, int.class);
    HTTPResponse answer = new HTTPResponse(status);
    exchange
        .getMessage()
        .getHeaders()
        .forEach(
            (name, value) -> {
              if (!name.startsWith("Camel")) {
                answer.setHeader(name, texts(value));
              }
            });
    byte[] body = exchange.getMessage().getBody(byte[].class);
    answer.setBody(body == null ? null : new String(body, StandardCharsets.UTF_8));
    return answer;
  }

  private static String[] texts(Object value) {
    return value instanceof List<?> values
        ? values.stream().map(String::valueOf).toArray(String[]::new)
        : new String[] {String.valueOf(value)};
  }

  @Override
  public void close() {
    producer.stop();
    endpoint.stop();
    endpoint.getComponent().stop();
  }
}
