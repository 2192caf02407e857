package io.mcprouter.session;

import io.mcprouter.protocol.LogLevel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What clients asked a server to do from now on: updates of resources, and log messages. It
 * outlives a lost session, so that the next one under the same key is asked the same.
 */
final class StandingRequests {
  private final int maxSubscriptions;
  private final Map<String, Set<String>> clientsByUri = new HashMap<>();
  private final Map<String, LogLevel> logLevels = new HashMap<>();

  StandingRequests(int maxSubscriptions) {
    this.maxSubscriptions = maxSubscriptions;
  }

  /** Whether one more resource would be too many. */
  synchronized boolean isFull(String uri) {
    return clientsByUri.size() >= maxSubscriptions && !clientsByUri.containsKey(uri);
  }

  synchronized void subscribed(String uri, String client) {
    clientsByUri.computeIfAbsent(uri, key -> new HashSet<>()).add(client);
  }

  /** Forgets a client's subscription; true when other clients still want the resource. */
  synchronized boolean unsubscribed(String uri, String client) {
    Set<String> clients = clientsByUri.get(uri);
    if (clients == null) {
      return false;
    }
    clients.remove(client);
    if (clients.isEmpty()) {
      clientsByUri.remove(uri);
    }
    return !clients.isEmpty();
  }

  /** Forgets all that a client asked for; returns the resources that nobody wants any more. */
  synchronized List<String> clientGone(String client) {
    logLevels.remove(client);
    List<String> unwanted = new ArrayList<>();
    for (String uri : List.copyOf(clientsByUri.keySet())) {
      boolean wasWanted = clientsByUri.getOrDefault(uri, Set.of()).contains(client);
      if (wasWanted && !unsubscribed(uri, client)) {
        unwanted.add(uri);
      }
    }
    return unwanted;
  }

  synchronized boolean isWanted(String uri) {
    return clientsByUri.containsKey(uri);
  }

  synchronized void forget(String uri) {
    clientsByUri.remove(uri);
  }

  synchronized int subscriptions() {
    return clientsByUri.size();
  }

  synchronized List<String> subscribedUris() {
    return List.copyOf(clientsByUri.keySet());
  }

  /** Remembers a client's log level; the most verbose one of all clients is what counts. */
  synchronized LogLevel logLevel(String client, LogLevel level) {
    logLevels.put(client, level);
    return Collections.min(logLevels.values());
  }

  synchronized void forgetLogLevel(String client) {
    logLevels.remove(client);
  }

  /** The most verbose level that a client asked for, or null where none asked. */
  synchronized @Nullable LogLevel logLevel() {
    return logLevels.isEmpty() ? null : Collections.min(logLevels.values());
  }

  synchronized boolean isEmpty() {
    return clientsByUri.isEmpty() && logLevels.isEmpty();
  }
}
