package io.mcprouter.behaviour;

import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Message;
import io.mcprouter.testkit.North;
import io.mcprouter.testkit.RouterUnderTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;

/** A user whose clients call, cancel and vanish, and who notes every answer that is wrong. */
final class SoakUser {
  private static final List<String> SERVERS =
      List.of("stdio", "sse", "http", "websocket", "edited", "removed");

  /** What may befall a call while servers die and entries are edited. */
  private static final Set<String> EXPECTED =
      Set.of("connection_lost", "session_lost", "unavailable", "cancelled");

  private static final int UNKNOWN_NAME = -32602;

  private final RouterUnderTest router;
  private final String user;
  private final Random random;
  private final List<String> wrong = new ArrayList<>();
  private String doing = "";

  SoakUser(RouterUnderTest router, String user, Random random) {
    this.router = router;
    this.user = user;
    this.random = random;
  }

  List<String> callUntil(long end) {
    while (System.nanoTime() < end) {
      North north = North.values()[random.nextInt(North.values().length)];
      McpClient client = McpClient.of(router).over(north).user(user).connect();
      try {
        for (int i = random.nextInt(30); i > 0 && System.nanoTime() < end; i--) {
          act(client, SERVERS.get(random.nextInt(SERVERS.size())) + "__");
        }
        leave(client);
      } catch (CompletionException | IllegalStateException unanswered) {
        wrong.add(user + " over " + north + ", " + doing + ", got no answer: " + unanswered);
        client.vanish();
      }
    }
    return wrong;
  }

  private void act(McpClient client, String server) {
    int deed = random.nextInt(5);
    doing = "deed " + deed + " with " + server;
    switch (deed) {
      case 0 -> check(client.call(server + "identity"), user);
      case 1 -> cancel(client, server);
      case 2 ->
          check(
              client.start(server + "progress", "{\"steps\":3,\"delayMs\":1}", "1").reply(),
              "3 steps");
      default -> {
        String message = user + " " + random.nextLong();
        check(client.call(server + "echo", "{\"message\":\"" + message + "\"}"), message);
      }
    }
  }

  private static void cancel(McpClient client, String server) {
    client.cancel(client.start(server + "sleep", "{\"ms\":30000,\"label\":\"soak\"}"));
  }

  private void leave(McpClient client) {
    doing = "leaving";
    if (random.nextBoolean()) {
      client.close();
    } else {
      client.start("http__sleep", "{\"ms\":30000,\"label\":\"vanished\"}");
      client.vanish();
    }
  }

  private void check(Message reply, String expected) {
    String reason = reply.error().path("data").path("router").path("reason").asText();
    boolean failed =
        EXPECTED.contains(reason) || reply.error().path("code").asInt() == UNKNOWN_NAME;
    if (!failed && !reply.text().equals(expected)) {
      wrong.add("expected '" + expected + "' and got " + reply);
    }
  }
}
