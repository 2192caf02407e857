package io.mcprouter.oauth;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import io.mcprouter.oauth.LoginTable.Login;
import io.mcprouter.oauth.TokenAnswer.Granted;
import io.mcprouter.oauth.TokenAnswer.Refused;
import io.mcprouter.oauth.TokenAnswer.Undecided;
import io.mcprouter.protocol.Caller;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A user's login, from the router's own link to a right that is stored. */
final class Logins {
  private static final String NOT_YOURS =
      "This login is not open: it was finished, has run out, or was begun by another user or in"
          + " another browser. Use the tool again to get a new link.";

  private final LoginTable logins;
  private final FlowTable flows;
  private final GrantTable grants;
  private final Discovery discovery;
  private final Clients clients;
  private final TokenEndpoint endpoint;
  private final OAuthPlaces places;
  private final Clock clock;

  Logins(
      LoginTable logins,
      FlowTable flows,
      GrantTable grants,
      Discovery discovery,
      Clients clients,
      TokenEndpoint endpoint,
      OAuthPlaces places,
      Clock clock) {
    this.logins = logins;
    this.flows = flows;
    this.grants = grants;
    this.discovery = discovery;
    this.clients = clients;
    this.endpoint = endpoint;
    this.places = places;
    this.clock = clock;
  }

  /** The open login of a link. */
  Login login(String link, Caller caller) throws OAuthFailure {
    return present(logins.find(link, caller));
  }

  /** What a user is asked to agree to, before the link is used. */
  LoginOffer offer(Login login) throws OAuthFailure {
    OAuthTarget target = login.resolved();
    Discovered found = discovery.find(target, login.wish().hint());
    return new LoginOffer(
        target.server(),
        target.url().getHost(),
        found.server().authorizationEndpoint().getHost(),
        Endpoints.origin(found.server().authorizationEndpoint()),
        scopes(login, target, found));
  }

  private static List<String> scopes(Login login, OAuthTarget target, Discovered found) {
    boolean isStepUp = login.wish().stepUps() > 0;
    return Scopes.toAskFor(isStepUp ? null : target.scope(), login.wish().scopes(), found);
  }

  /** Uses the link, and says where the browser goes. */
  URI begin(String link, Caller caller, String browser) throws OAuthFailure {
    Login login = present(logins.begin(link, caller));
    try {
      return request(login, browser, login.resolved());
    } catch (OAuthFailure e) {
      logins.fail(login.key(), String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private static <T> T present(@Nullable T found) throws OAuthFailure {
    if (found == null) {
      throw OAuthFailure.notYours(NOT_YOURS);
    }
    return found;
  }

  private URI request(Login login, String browser, OAuthTarget target) throws OAuthFailure {
    Discovered found = discovery.findAgain(target, login.wish().hint());
    List<String> scopes = scopes(login, target, found);
    Client client = clients.choose(login.key().tenant(), target, found.server(), scopes);
    CodeVerifier verifier = new CodeVerifier();
    String state = Hashes.secret();
    Flow flow = flow(login, found, client, new Secret(verifier.getValue()), browser, scopes);
    flows.insert(state, flow);
    return message(found, flow, verifier, state).toURI();
  }

  private Flow flow(
      Login login,
      Discovered found,
      Client client,
      Secret verifier,
      String browser,
      List<String> scopes) {
    AuthorizationServer server = found.server();
    return new Flow(
        login.key(),
        login.resolved(),
        Hashes.sha256(browser),
        verifier,
        server.issuer(),
        server.namesIssuer(),
        server.answersWithIssuer(),
        server.tokenEndpoint(),
        server.revocationEndpoint(),
        client.id(),
        client.method(),
        places.callback(),
        found.resource(),
        scopes,
        login.wish().stepUps(),
        clock.instant().plus(LoginTable.LIFETIME));
  }

  private static AuthorizationRequest message(
      Discovered found, Flow flow, CodeVerifier verifier, String state) {
    OAuthTarget target = flow.target();
    AuthorizationRequest.Builder message =
        new AuthorizationRequest.Builder(ResponseType.CODE, new ClientID(flow.clientId()))
            .endpointURI(found.server().authorizationEndpoint())
            .redirectionURI(flow.redirect())
            .state(new State(state))
            .codeChallenge(verifier, CodeChallengeMethod.S256);
    if (!flow.scopes().isEmpty()) {
      message.scope(Scope.parse(flow.scopes()));
    }
    if (flow.scopes().contains(Scopes.OFFLINE)) {
      message.customParameter("prompt", "consent");
    }
    if (target.sendsResource()) {
      message.resource(URI.create(flow.resource()));
    }
    if (target.settings() != null && target.settings().audience() != null) {
      message.customParameter("audience", target.settings().audience());
    }
    return message.build();
  }

  /**
   * Takes the login out that an answer belongs to. It is gone then, whatever is wrong with the
   * answer: nobody tries twice.
   */
  Flow answered(LoginAnswer answer, Caller caller, String browser) throws OAuthFailure {
    Flow flow = present(flows.take(answer.state()));
    boolean isSameBrowser = Hashes.areEqual(flow.browserHash(), Hashes.sha256(browser));
    if (!isSameBrowser || !flow.key().isOf(caller)) {
      logins.fail(flow.key(), "the login was answered by another user or in another browser");
      throw OAuthFailure.notYours(NOT_YOURS);
    }
    return flow;
  }

  /** Makes the answer a right. */
  void finish(Flow flow, LoginAnswer answer) throws OAuthFailure {
    try {
      grants.put(flow.key(), grant(flow, answer));
      logins.done(flow.key(), flow.stepUps());
    } catch (OAuthFailure e) {
      logins.fail(flow.key(), String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private Grant grant(Flow flow, LoginAnswer answer) throws OAuthFailure {
    Secret code = code(flow, answer);
    Grant.Origin origin = flow.origin();
    Client client = clients.known(flow.key().tenant(), flow.target(), origin);
    if (client == null) {
      throw OAuthFailure.refused("the router is no client there any more; log in again");
    }
    return switch (endpoint.ask(exchange(flow, client, code))) {
      case Granted granted ->
          Grant.of(origin, granted, flow.scopes(), flow.stepUps(), clock.instant());
      case Refused no -> throw refused(flow, client, no);
      case Undecided open -> throw open.why();
    };
  }

  /** The code of an answer that is of the right server. */
  private static Secret code(Flow flow, LoginAnswer answer) throws OAuthFailure {
    if (!flow.isAnsweredBy(answer.issuer())) {
      throw OAuthFailure.unusable(
          "the answer is not of the authorization server that was asked; nothing of it was used");
    }
    if (answer.error() != null || answer.code() == null) {
      throw OAuthFailure.refused(answer.complaint());
    }
    return answer.code();
  }

  private static TokenEndpoint.Request exchange(Flow flow, Client client, Secret code) {
    return new TokenEndpoint.Request(
        flow.tokenEndpoint(),
        client,
        new AuthorizationCodeGrant(
            new AuthorizationCode(code.value()),
            flow.redirect(),
            new CodeVerifier(flow.verifier().value())),
        List.of(),
        flow.target().sendsResource() ? flow.resource() : null,
        Map.of(),
        flow.target());
  }

  private OAuthFailure refused(Flow flow, Client client, Refused no) {
    if (no.isOfClient()) {
      clients.reject(flow.key().tenant(), client);
      return OAuthFailure.refused(
          "the authorization server does not know the router any more; log in again");
    }
    return OAuthFailure.refused("the authorization server gives no token: " + no.error());
  }
}
