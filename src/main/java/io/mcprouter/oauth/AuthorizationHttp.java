package io.mcprouter.oauth;

import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Requests to authorization servers. The sender follows no redirects, checks addresses when it
 * connects and bounds size and time; what this adds is the administrator's headers and what an
 * answer is worth.
 */
final class AuthorizationHttp {
  private static final int LARGEST_ANSWER = 256 * 1024;
  private static final Duration TO_CONNECT = Duration.ofSeconds(4);
  private static final Duration TO_ANSWER = Duration.ofSeconds(8);

  private final Function<OAuthTarget, HTTPRequestSender> senders;
  private final HeaderIssuers headers;

  AuthorizationHttp(Function<OAuthTarget, HTTPRequestSender> senders, HeaderIssuers headers) {
    this.senders = senders;
    this.headers = headers;
  }

  /** An answer that came; {@code text} may hold tokens. */
  record Answer(int status, String text) {
    @Nullable Json json() {
      return Json.parsed(text);
    }

    boolean isServerFault() {
      return status >= 500 || status == 429 || status == 408;
    }

    @Override
    public String toString() {
      return "Answer[" + status + "]";
    }
  }

  /**
   * The first JSON object that stands at one of the places, null where there is none.
   *
   * @param issuer whose the places are
   * @throws OAuthFailure where a server could not be asked, and no other place has it
   */
  @Nullable Json first(List<URI> places, OAuthTarget target, String issuer) throws OAuthFailure {
    @Nullable OAuthFailure failure = null;
    for (URI place : places) {
      Answer answer = send(new HTTPRequest(HTTPRequest.Method.GET, place), target, issuer);
      Json document = answer.status() == 200 ? answer.json() : null;
      if (document != null) {
        return document;
      }
      if (answer.isServerFault()) {
        failure =
            OAuthFailure.unreachable(
                Endpoints.origin(place) + " answers HTTP " + answer.status() + "; try again later");
      }
    }
    if (failure != null) {
      throw failure;
    }
    return null;
  }

  /**
   * Sends a request; its own headers win over the administrator's.
   *
   * @param issuer to whom it goes
   */
  Answer send(HTTPRequest request, OAuthTarget target, String issuer) throws OAuthFailure {
    request.setFollowRedirects(false);
    request.setConnectTimeout((int) TO_CONNECT.toMillis());
    request.setReadTimeout((int) TO_ANSWER.toMillis());
    request.setAccept("application/json");
    headers
        .headers(target, request.getURI(), issuer)
        .forEach((name, value) -> addTo(request, name, value));
    try {
      ReadOnlyHTTPResponse response = senders.apply(target).send(request);
      String body = response.getBody() == null ? "" : response.getBody();
      if (body.length() > LARGEST_ANSWER) {
        throw new IOException("the answer is larger than " + LARGEST_ANSWER + " bytes");
      }
      return new Answer(response.getStatusCode(), body);
    } catch (GuardedSenderException e) {
      throw failure(e);
    } catch (IOException e) {
      throw OAuthFailure.unreachable(
          Endpoints.origin(request.getURI()) + " cannot be asked (" + told(e) + ")", e);
    }
  }

  /** What the rules refuse is refused tomorrow, too. */
  private static OAuthFailure failure(GuardedSenderException e) {
    String what = String.valueOf(e.getMessage());
    return e.reason() == GuardedSenderException.Reason.FORBIDDEN
        ? OAuthFailure.unusable(what)
        : OAuthFailure.unreachable(what, e);
  }

  private static void addTo(HTTPRequest request, String name, String value) {
    boolean isSet =
        request.getHeaderMap().keySet().stream()
            .anyMatch(had -> had.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)));
    if (!isSet) {
      request.setHeader(name, value);
    }
  }

  private static String told(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : SafeText.of(e.getMessage());
  }
}
