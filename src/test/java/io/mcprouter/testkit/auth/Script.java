package io.mcprouter.testkit.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** How a scripted authorization server behaves; a test changes it while the server runs. */
public final class Script {
  private final Set<Feature> features = EnumSet.copyOf(Feature.usual());
  private volatile Set<WellKnown> published = EnumSet.allOf(WellKnown.class);
  private volatile BiConsumer<WellKnown, ObjectNode> metadata = (form, document) -> {};
  private volatile Duration accessLifetime = Duration.ofHours(1);
  private volatile Set<String> scopes = Set.of("mcp:basic");
  private volatile String user = "user-1";
  private volatile Iss iss = Iss.RIGHT;
  private volatile @Nullable String audience;
  private volatile @Nullable String denial;

  public Script with(Feature... added) {
    synchronized (features) {
      features.addAll(Set.of(added));
    }
    return this;
  }

  public Script without(Feature... removed) {
    synchronized (features) {
      features.removeAll(Set.of(removed));
    }
    return this;
  }

  boolean has(Feature feature) {
    synchronized (features) {
      return features.contains(feature);
    }
  }

  /** Publishes its metadata at these places only; at none, it is a server of 2025-03-26. */
  public Script publishedAt(WellKnown... places) {
    published = Set.of(places);
    return this;
  }

  boolean publishes(WellKnown form) {
    return published.contains(form);
  }

  /** Changes the metadata document before it is sent. */
  public Script metadata(BiConsumer<WellKnown, ObjectNode> change) {
    metadata = change;
    return this;
  }

  void edit(WellKnown form, ObjectNode document) {
    metadata.accept(form, document);
  }

  public Script accessLifetime(Duration lifetime) {
    accessLifetime = lifetime;
    return this;
  }

  Duration accessLifetime() {
    return accessLifetime;
  }

  /** The scopes that it says it knows, and that it grants where none is asked for. */
  public Script scopes(String... known) {
    scopes = Set.of(known);
    return this;
  }

  Set<String> scopes() {
    return scopes;
  }

  /** Who is logged in, where the browser does not say it ({@link Browser#loggedIn}). */
  public Script user(String subject) {
    user = subject;
    return this;
  }

  String user() {
    return user;
  }

  public Script iss(Iss sent) {
    iss = sent;
    return this;
  }

  Iss iss() {
    return iss;
  }

  /** Gives tokens for this audience, whatever resource the client names; null for as asked. */
  public Script audience(@Nullable String other) {
    audience = other;
    return this;
  }

  @Nullable String audience() {
    return audience;
  }

  /** The user says no: authorization ends with this error; null for a user who says yes. */
  public Script denial(@Nullable String error) {
    denial = error;
    return this;
  }

  @Nullable String denial() {
    return denial;
  }
}
