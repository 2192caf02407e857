package io.mcprouter.testkit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Everything that every logger of a router has to say, in a file, to be searched. */
public final class TalkativeLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final Path file;
  private final BufferedWriter out;
  private int lines;

  private TalkativeLog(Path file, BufferedWriter out) {
    this.file = file;
    this.out = out;
  }

  public static TalkativeLog open() {
    try {
      Path file = Files.createTempFile("mcp-router-log", ".txt");
      return new TalkativeLog(file, Files.newBufferedWriter(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Settings of the router whose log it is. */
  public Stream<String> settings() {
    return Stream.of(
        "logging.threshold.console=off",
        "logging.level.root=TRACE",
        "logging.level.io.mcprouter=TRACE");
  }

  /** Begins to listen; the router's own start sets the log up anew. */
  public void attach() {
    setContext(root().getLoggerContext());
    start();
    root().addAppender(this);
  }

  /** Stops to listen, and lets the loggers be as quiet as they usually are. */
  public synchronized void detach() throws IOException {
    root().detachAppender(this);
    root().setLevel(Level.WARN);
    stop();
    out.flush();
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  /** The HTTP server of the JDK is one that tests play, not a part of the router. */
  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLoggerName().startsWith("com.sun.net.httpserver")) {
      return;
    }
    try {
      out.write(event.getLoggerName() + ": " + event.getFormattedMessage());
      out.write(" " + event.getKeyValuePairs() + event.getMDCPropertyMap());
      if (event.getThrowableProxy() != null) {
        out.write(ThrowableProxyUtil.asString(event.getThrowableProxy()));
      }
      out.write("\u0001\n");
      lines++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int lines() {
    return lines;
  }

  /** Which logger told which secret, and how the line begins. */
  public TreeSet<String> holding(Map<String, String> secrets) throws IOException {
    TreeSet<String> found = new TreeSet<>();
    for (String line : Files.readString(file).split("\u0001\n")) {
      secrets.forEach(
          (name, value) -> {
            if (line.contains(value)) {
              found.add(name + " by " + line.substring(0, Math.min(200, line.length())));
            }
          });
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    out.close();
    Files.delete(file);
  }
}
