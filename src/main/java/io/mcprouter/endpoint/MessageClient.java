package io.mcprouter.endpoint;

import io.mcprouter.catalog.View;
import io.mcprouter.protocol.Batch;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.ErrorCodes;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.protocol.Messages;
import io.mcprouter.protocol.Methods;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A client whose one connection carries everything in both directions: a websocket, standard
 * streams, the older SSE pair. The session begins with {@code initialize} and ends with the
 * connection.
 */
final class MessageClient {
  private final View view;
  private final Channel channel;
  private final EndpointSettings settings;
  private final ClientSessions sessions;
  private final Initialization initialization;
  private final Dispatcher dispatcher;
  private final AtomicBoolean begun = new AtomicBoolean();
  private volatile @Nullable ClientSession session;
  private volatile boolean closed;

  MessageClient(View view, Channel channel, Front front) {
    this.view = view;
    this.channel = channel;
    this.settings = front.settings();
    this.sessions = front.sessions();
    this.initialization = front.initialization();
    this.dispatcher = front.dispatcher();
  }

  boolean shows(View asked) {
    return view.equals(asked);
  }

  /**
   * Takes the bytes of one message, or of a batch.
   *
   * @param caller who sent it: always the same user, whose credential may be another each time
   */
  void received(Caller caller, byte[] json) {
    ClientSession open = session;
    if (open != null) {
      open.by(caller);
    }
    try {
      if (Batch.isBatch(json)) {
        batch(caller, Batch.split(json, settings.limits().maxDepth()));
      } else {
        message(caller, Frame.parse(json, settings.limits().maxDepth()), channel);
      }
    } catch (MalformedMessage e) {
      channel.send(Messages.error(null, e.code(), String.valueOf(e.getMessage())));
    }
  }

  private void batch(Caller caller, List<Frame> frames) {
    ClientSession open = session;
    byte[] refusal =
        open == null ? null : BatchReplies.refusal(open, frames, settings.limits().maxBatch());
    if (open == null || refusal != null) {
      channel.send(refusal != null ? refusal : notInitialized(null));
      return;
    }
    int requests = (int) frames.stream().filter(Frame::isRequest).count();
    BatchReplies replies = new BatchReplies(channel, requests);
    frames.forEach(frame -> message(caller, frame, replies));
  }

  private void message(Caller caller, Frame frame, Channel replies) {
    ClientSession open = session;
    if (Initialization.isAskedBy(frame)) {
      begin(caller, frame);
    } else if (open != null) {
      switch (frame.kind()) {
        case REQUEST -> dispatcher.request(open, caller, frame, replies);
        case NOTIFICATION -> dispatcher.notification(open, frame);
        case RESULT, ERROR -> open.answered(frame);
      }
    } else if (frame.isRequest()) {
      byte[] id = frame.id();
      if (id != null && frame.method().equals(Methods.PING)) {
        channel.send(Messages.emptyResult(id));
      } else {
        channel.send(notInitialized(id));
      }
    }
  }

  private static byte[] notInitialized(byte @Nullable [] id) {
    return Messages.error(id, ErrorCodes.INVALID_REQUEST, "Not initialized: send initialize first");
  }

  private void begin(Caller caller, Frame request) {
    if (!begun.compareAndSet(false, true)) {
      channel.send(Messages.error(request.id(), ErrorCodes.INVALID_REQUEST, "Already initialized"));
      return;
    }
    initialization.initialize(
        request,
        caller,
        view,
        (opened, reply) -> {
          if (opened == null) {
            begun.set(false);
          } else {
            begin(opened);
          }
          channel.reply(reply);
        });
  }

  private void begin(ClientSession opened) {
    opened.liveOn(channel);
    session = opened;
    if (closed) {
      sessions.close(opened);
    }
  }

  /** The connection is gone. */
  void closed() {
    closed = true;
    ClientSession open = session;
    if (open != null) {
      sessions.close(open);
    }
  }
}
