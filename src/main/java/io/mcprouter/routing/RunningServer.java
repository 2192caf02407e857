package io.mcprouter.routing;

import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.ServerName;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;

/**
 * One server and the routes that its calls take, mostly one. An edited entry gets a new one; the
 * old one serves its open calls to the end and takes no more.
 */
public final class RunningServer {
  private final ServerDefinition definition;
  private final TargetTemplate target;
  private final List<String> routeIds;
  private final Endpoint entry;
  private final AsyncProducer producer;
  private final boolean blocking;
  private final boolean ofUser;
  private final AtomicInteger open = new AtomicInteger();
  private volatile boolean retired;

  RunningServer(
      ServerDefinition definition,
      TargetTemplate target,
      List<String> routeIds,
      Endpoint entry,
      AsyncProducer producer,
      boolean blocking) {
    this.definition = definition;
    this.target = target;
    this.routeIds = List.copyOf(routeIds);
    this.entry = entry;
    this.producer = producer;
    this.blocking = blocking;
    this.ofUser = definition.isOfUser();
  }

  public ServerDefinition definition() {
    return definition;
  }

  /** The router's own name of the server. */
  public String name() {
    return definition.name();
  }

  /** The name that people know the server by. */
  public String shownName() {
    return ofUser ? ServerName.shown(name()) : name();
  }

  /** Whether a user added the server, who alone may know of it. */
  public boolean isOfUser() {
    return ofUser;
  }

  /** The id in Camel's own listing of the route that leads to the server. */
  public String routeId() {
    return routeIds.getLast();
  }

  /** The ids of all its routes, in the order in which a call passes them. */
  public List<String> routeIds() {
    return routeIds;
  }

  /** Whether the server's address, headers, variables or arguments depend on who calls. */
  public boolean isPersonal() {
    return target.isPersonal();
  }

  /** The users' own variables that the server needs. */
  public Set<String> variables() {
    return target.variables();
  }

  /** What the server's texts become for a caller. */
  public TargetTemplate target() {
    return target;
  }

  Endpoint entry() {
    return entry;
  }

  AsyncProducer producer() {
    return producer;
  }

  /** Whether a step of the route may block, so that its calls run on virtual threads. */
  boolean isBlocking() {
    return blocking;
  }

  /** Counts a call in; false when the server is retired and its successor must take the call. */
  boolean enter() {
    open.incrementAndGet();
    if (retired) {
      open.decrementAndGet();
      return false;
    }
    return true;
  }

  void leave() {
    open.decrementAndGet();
  }

  void retire() {
    retired = true;
  }

  /** How many calls are on this server's route now. */
  public int openCalls() {
    return open.get();
  }

  boolean isIdle() {
    return open.get() == 0;
  }
}
