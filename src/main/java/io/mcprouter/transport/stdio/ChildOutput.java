package io.mcprouter.transport.stdio;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/**
 * What a child writes to one of its streams, to the last byte. When a process exits, the JDK moves
 * what is left in the pipe to memory behind the same stream; a read that meets that moment sees an
 * end, or a closed stream, before the last bytes. So after an exit the end is only believed when it
 * lasts.
 */
final class ChildOutput implements LineReader.Source {
  private static final int LAST_READS = 10;
  private static final int LAST_READS_APART_MILLIS = 10;

  private final InputStream in;
  private final Process process;

  ChildOutput(InputStream in, Process process) {
    this.in = in;
    this.process = process;
  }

  @Override
  public int read(byte[] into, int from, int length) throws InterruptedException {
    int count = tryRead(into, from, length);
    if (count >= 0) {
      return count;
    }
    boolean exited = process.waitFor(LAST_READS * LAST_READS_APART_MILLIS, TimeUnit.MILLISECONDS);
    for (int i = 0; exited && count < 0 && i < LAST_READS; i++) {
      TimeUnit.MILLISECONDS.sleep(LAST_READS_APART_MILLIS);
      count = tryRead(into, from, length);
    }
    return count;
  }

  private int tryRead(byte[] into, int from, int length) {
    try {
      return in.read(into, from, length);
    } catch (IOException closed) {
      return -1; // the pipe was closed under us: as good as its end
    }
  }
}
