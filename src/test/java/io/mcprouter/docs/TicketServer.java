package io.mcprouter.docs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The least MCP server that the examples need: its tool {@code slow} never answers. */
final class TicketServer {
  private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

  private TicketServer() {}

  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Matcher id = ID.matcher(line);
      if (id.find() && !line.contains("\"slow\"") && !line.contains("\"notifications/")) {
        String result = line.contains("\"initialize\"") ? INITIALIZED : ANSWER;
        out.println("{\"jsonrpc\":\"2.0\",\"id\":" + id.group(1) + ",\"result\":" + result + "}");
      }
    }
  }

  private static final String INITIALIZED =
      "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},"
          + "\"serverInfo\":{\"name\":\"tickets\",\"version\":\"1\"}}";

  private static final String ANSWER = "{\"content\":[{\"type\":\"text\",\"text\":\"ticket 7\"}]}";
}
