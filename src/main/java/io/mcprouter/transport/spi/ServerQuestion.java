package io.mcprouter.transport.spi;

import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.ErrorCodes;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.Messages;
import io.mcprouter.protocol.Methods;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A request of a server, which gets exactly one answer under the id that the server gave it. */
public final class ServerQuestion implements CallStream.Answer {
  private static final byte[] DECLINED =
      "{\"action\":\"decline\"}".getBytes(StandardCharsets.US_ASCII);
  private static final int USER_REJECTED = -1;

  private final byte[] id;
  private final String method;
  private final byte @Nullable [] progressToken;
  private final Consumer<byte[]> send;
  private final AtomicBoolean answered = new AtomicBoolean();
  private @Nullable Runnable onWithdrawn;
  private boolean withdrawn;

  /**
   * @param request the server's request
   * @param send sends the answer
   */
  public ServerQuestion(Frame request, Consumer<byte[]> send) {
    this.id = Objects.requireNonNull(request.id(), "a request has an id");
    this.method = request.method();
    this.progressToken = request.progressToken();
    this.send = send;
  }

  /** The server's own id of the request, as it wrote it. */
  public byte[] id() {
    return id;
  }

  @Override
  public void reply(Frame reply) {
    if (answered.compareAndSet(false, true)) {
      send.accept(reply.withId(id));
    }
  }

  @Override
  public void progress(Frame notification) {
    if (progressToken != null && !answered.get()) {
      send.accept(notification.edit().progressToken(progressToken).bytes());
    }
  }

  /** Says no in the way that the method has for it. */
  @Override
  public void decline(String reason) {
    if (answered.compareAndSet(false, true)) {
      send.accept(
          switch (method) {
            case Methods.ELICITATION -> Messages.result(id, DECLINED);
            case Methods.SAMPLING, Methods.ROOTS_LIST ->
                Messages.error(id, USER_REJECTED, "Declined: " + reason);
            default -> Messages.error(id, ErrorCodes.METHOD_NOT_FOUND, "Not supported: " + reason);
          });
    }
  }

  @Override
  public void onWithdrawn(Runnable action) {
    boolean now;
    synchronized (this) {
      onWithdrawn = action;
      now = withdrawn;
    }
    if (now) {
      action.run();
    }
  }

  /** The server took the request back, or its connection is gone: no answer is sent any more. */
  public void withdraw() {
    if (!answered.compareAndSet(false, true)) {
      return;
    }
    Runnable action;
    synchronized (this) {
      withdrawn = true;
      action = onWithdrawn;
    }
    if (action != null) {
      action.run();
    }
  }

  public boolean isAnswered() {
    return answered.get();
  }
}
