package io.mcprouter.transport.sse;

import io.vertx.core.http.HttpClient;

/**
 * Streams stay open and posts are short, as a rule: each kind has connections of its own, so that
 * many wires leave room for what they send.
 */
record SseClients(HttpClient streams, HttpClient posts) {
  void close() {
    streams.close();
    posts.close();
  }
}
