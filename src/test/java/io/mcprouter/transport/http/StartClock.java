package io.mcprouter.transport.http;

import io.mcprouter.transport.spi.CallClock;

/** Does something at the moment in which a request is about to be sent. */
record StartClock(Runnable onStart) implements CallClock {
  @Override
  public void started() {
    onStart.run();
  }

  @Override
  public void progressed() {}

  @Override
  public void asking() {}

  @Override
  public void answered() {}
}
