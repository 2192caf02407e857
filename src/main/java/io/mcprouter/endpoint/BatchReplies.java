package io.mcprouter.endpoint;

import io.mcprouter.protocol.ErrorCodes;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.Messages;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the replies to a batch, which go back as one array (basic protocol, 2025-03-26,
 * batching).
 */
final class BatchReplies implements Channel {
  private final Channel channel;
  private final List<byte[]> replies = new ArrayList<>();
  private int open;

  BatchReplies(Channel channel, int requests) {
    this.channel = channel;
    this.open = requests;
  }

  /** Why a batch is not taken, as an error reply; null where it is. */
  static byte @Nullable [] refusal(ClientSession session, List<Frame> frames, int most) {
    String why = null;
    if (!session.revision().hasBatches()) {
      why = "Batches are not part of protocol version " + session.revision();
    } else if (frames.size() > most) {
      why = "A batch may have at most " + most + " messages";
    } else if (frames.stream().anyMatch(Initialization::isAskedBy)) {
      why = "initialize may not be part of a batch";
    }
    return why == null ? null : Messages.error(null, ErrorCodes.INVALID_REQUEST, why);
  }

  @Override
  public void send(byte[] message) {
    channel.send(message);
  }

  @Override
  public boolean canSend() {
    return channel.canSend();
  }

  @Override
  public boolean isAway() {
    return channel.isAway();
  }

  @Override
  public void stayAlive() {
    channel.stayAlive();
  }

  @Override
  public Channel carrier() {
    return channel.carrier();
  }

  @Override
  public boolean isConnection() {
    return channel.isConnection();
  }

  @Override
  public @Nullable String traceparent() {
    return channel.traceparent();
  }

  @Override
  public synchronized void reply(byte[] message) {
    replies.add(message);
    settled();
  }

  @Override
  public synchronized void noReply() {
    settled();
  }

  private void settled() {
    if (--open > 0) {
      return;
    }
    if (replies.isEmpty()) {
      channel.noReply();
    } else {
      channel.reply(array());
    }
  }

  private byte[] array() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    char separator = '[';
    for (byte[] reply : replies) {
      out.write(separator);
      out.writeBytes(reply);
      separator = ',';
    }
    out.write(']');
    return out.toByteArray();
  }
}
