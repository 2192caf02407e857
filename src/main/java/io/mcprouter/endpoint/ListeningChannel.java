package io.mcprouter.endpoint;

/**
 * Messages that belong to no request, on the session's listening stream; kept for a client that
 * comes back.
 */
record ListeningChannel(ResumableStream stream) implements Channel {
  @Override
  public void send(byte[] message) {
    stream.event(message);
  }

  @Override
  public void reply(byte[] message) {
    stream.event(message);
  }

  @Override
  public boolean canSend() {
    return stream.isAttached();
  }
}
