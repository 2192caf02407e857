package io.mcprouter.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OnOneLoopTest {
  private final Vertx vertx = Vertx.vertx();
  private final List<String> said = new ArrayList<>();
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void what_the_loop_says_comes_behind_what_was_said_elsewhere_before() throws Exception {
    vertx.runOnContext(none -> fromTwoThreads(new OnOneLoop(vertx) {}));

    done.get(20, TimeUnit.SECONDS);
    assertThat(said).containsExactly("elsewhere", "here");
  }

  private void fromTwoThreads(OnOneLoop one) {
    CompletableFuture.runAsync(() -> one.run(() -> said.add("elsewhere"))).join();
    one.run(() -> said.add("here"));
    one.run(() -> done.complete(null));
  }

  @Test
  void where_nothing_waits_the_loop_acts_at_once() throws Exception {
    vertx.runOnContext(
        none -> {
          new OnOneLoop(vertx) {}.run(() -> said.add("at once"));
          said.add("then");
          done.complete(null);
        });

    done.get(20, TimeUnit.SECONDS);
    assertThat(said).containsExactly("at once", "then");
  }
}
