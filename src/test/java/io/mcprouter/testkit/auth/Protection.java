package io.mcprouter.testkit.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a protected server asks for a token, and which it takes; changes while the server runs. */
public final class Protection {
  /** Where its metadata stands. */
  public enum Placement {
    AT_PATH,
    AT_ROOT,
    NOWHERE
  }

  /** What a refusal says in {@code WWW-Authenticate}. */
  public enum Challenge {
    WITH_METADATA,
    BARE,
    NONE
  }

  private volatile Placement placement = Placement.AT_PATH;
  private volatile Challenge challenge = Challenge.WITH_METADATA;
  private volatile @Nullable String scope;
  private volatile String adminScope = "mcp:admin";
  private volatile boolean isInsatiable;
  private volatile @Nullable String resource;
  private volatile @Nullable String audience;
  private volatile List<String> issuers;
  private volatile Function<String, Optional<IssuedToken>> check;
  private volatile Consumer<ObjectNode> metadata = document -> {};

  Protection(List<String> issuers, Function<String, Optional<IssuedToken>> check) {
    this.issuers = issuers;
    this.check = check;
  }

  public Protection metadataAt(Placement place) {
    placement = place;
    return this;
  }

  Placement placement() {
    return placement;
  }

  public Protection challenge(Challenge said) {
    challenge = said;
    return this;
  }

  Challenge challenge() {
    return challenge;
  }

  /** The scope that the challenge names; null for none. */
  public Protection scope(@Nullable String named) {
    scope = named;
    return this;
  }

  @Nullable String scope() {
    return scope;
  }

  /** The scope without which the tool {@code admin} answers 403. */
  public Protection adminScope(String needed) {
    adminScope = needed;
    return this;
  }

  String adminScope() {
    return adminScope;
  }

  /** Answers 403 for the tool {@code admin} whatever the token says. */
  public Protection insatiable() {
    isInsatiable = true;
    return this;
  }

  boolean satisfiedBy(IssuedToken token) {
    return !isInsatiable && token.scopes().contains(adminScope);
  }

  /** What its metadata calls it; null for its own address. */
  public Protection resource(@Nullable String named) {
    resource = named;
    return this;
  }

  @Nullable String resource() {
    return resource;
  }

  /** By which other name tokens may be meant for it; null for none. */
  public Protection audience(@Nullable String named) {
    audience = named;
    return this;
  }

  @Nullable String audience() {
    return audience;
  }

  /** Moves to other authorization servers, and takes the tokens of the old ones no more. */
  public Protection authorizedBy(ScriptedAuthorizationServer... servers) {
    issuers = issuers(servers);
    check = check(servers);
    return this;
  }

  static List<String> issuers(ScriptedAuthorizationServer... servers) {
    return List.of(servers).stream().map(ScriptedAuthorizationServer::issuer).toList();
  }

  static Function<String, Optional<IssuedToken>> check(ScriptedAuthorizationServer... servers) {
    return token ->
        List.of(servers).stream().flatMap(server -> server.valid(token).stream()).findFirst();
  }

  List<String> issuers() {
    return issuers;
  }

  Optional<IssuedToken> check(String token) {
    return check.apply(token);
  }

  /** Changes the metadata document before it is sent. */
  public Protection metadata(Consumer<ObjectNode> change) {
    metadata = change;
    return this;
  }

  ObjectNode document(String ownAddress) {
    ObjectNode document =
        Answer.JSON.createObjectNode().put("resource", resource == null ? ownAddress : resource);
    issuers.forEach(document.withArray("authorization_servers")::add);
    document.withArray("bearer_methods_supported").add("header");
    metadata.accept(document);
    return document;
  }
}
