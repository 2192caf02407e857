package io.mcprouter.transport.stdio;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The kept error output of each server; of very many servers, those used last. */
final class ErrorOutputs {
  static final int MAX_SERVERS = 1000;

  private final Map<String, ErrorOutput> byServer = new Recent();

  ErrorOutput of(String server) {
    synchronized (byServer) {
      return byServer.computeIfAbsent(server, name -> new ErrorOutput());
    }
  }

  List<String> lines(String server) {
    ErrorOutput output;
    synchronized (byServer) {
      output = byServer.get(server);
    }
    return output == null ? List.of() : output.lines();
  }

  private static final class Recent extends LinkedHashMap<String, ErrorOutput> {
    private static final long serialVersionUID = 1L;

    private Recent() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, ErrorOutput> eldest) {
      return size() > MAX_SERVERS;
    }
  }
}
