package io.mcprouter.transport.spi;

/** The limit on a call's time, as the transport moves it. Called from any thread. */
public interface CallClock {
  /** Measures nothing: for calls without a limit. */
  CallClock NONE =
      new CallClock() {
        @Override
        public void started() {}

        @Override
        public void progressed() {}

        @Override
        public void asking() {}

        @Override
        public void answered() {}
      };

  /** The request goes out now. */
  void started();

  /** The server reported progress. */
  void progressed();

  /** The server asked the client something, which a person may have to answer. */
  void asking();

  /** The question is answered. */
  void answered();
}
