package io.mcprouter.transport.stdio;

import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.JsonText;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.protocol.Messages;
import io.mcprouter.protocol.Methods;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/** A server that writes its lines itself, and on request behaves badly. Runs as a child process. */
final class RawServer {
  private static final byte[] INITIALIZED =
      utf8(
          "{\"protocolVersion\":\"2025-03-26\",\"capabilities\":{\"tools\":{}},"
              + "\"serverInfo\":{\"name\":\"raw\",\"version\":\"1\"}}");
  private static final String NOTIFICATION = "{\"method\":\"notifications/tools/list_changed\"}";

  private final String[] args;
  private final PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
  private final List<byte[]> waiting = new ArrayList<>();

  private RawServer(String[] args) {
    this.args = args;
  }

  /** The command line that runs this server, without arguments of its own. */
  static List<String> command() {
    return JavaProgram.command(RawServer.class);
  }

  public static void main(String[] args) throws Exception {
    RawServer server = new RawServer(args);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      server.received(Frame.parse(utf8(line)));
    }
  }

  private void received(Frame message) throws IOException, MalformedMessage {
    if (message.isNotification()) {
      return;
    }
    byte[] id = Objects.requireNonNull(message.id());
    if (message.method().equals(Methods.INITIALIZE)) {
      reply(id, INITIALIZED);
    } else {
      tool(id, Objects.requireNonNull(message.name()), message);
    }
  }

  private void tool(byte[] id, String tool, Frame message) throws IOException {
    JsonSpan params = Objects.requireNonNull(message.params());
    switch (tool) {
      case "echo" -> reply(id, params.bytes());
      case "big" ->
          reply(id, Messages.join("{\"text\":", JsonText.quoted("x".repeat(3 << 20)), "}"));
      case "together" -> together(id);
      case "args" -> reply(id, list(List.of(args)));
      case "env" -> reply(id, list(List.copyOf(System.getenv().keySet())));
      case "value" -> reply(id, list(List.of(System.getenv("OF_THE_ENDPOINT"))));
      case "cwd" -> reply(id, list(List.of(Path.of("").toAbsolutePath().toString())));
      case "pid" -> reply(id, list(List.of(Long.toString(ProcessHandle.current().pid()))));
      case "noise" -> noise(id);
      case "batch" -> batch(id);
      case "complain" -> complain(id);
      case "deaf" -> deaf(id);
      default -> misbehave(tool);
    }
  }

  private void misbehave(String tool) {
    switch (tool) {
      case "endless" -> endless();
      case "exit" -> Runtime.getRuntime().halt(3);
      case "last words" -> {
        out.print(
            new String(
                Messages.result(JsonText.number(1), JsonText.quoted("y".repeat(50_000))),
                StandardCharsets.UTF_8));
        out.flush();
        Runtime.getRuntime().halt(0);
      }
      case "mute" -> {
        out.close();
        System.out.close();
      }
      default -> throw new IllegalArgumentException(tool);
    }
  }

  /** Answers when five have asked, the last one first. */
  private void together(byte[] id) {
    waiting.addFirst(id);
    if (waiting.size() == 5) {
      waiting.forEach(one -> reply(one, Messages.join("{\"for\":", one, "}")));
    }
  }

  private void noise(byte[] id) {
    out.print("Listening on standard input\n\n   \n{not json}\n[]\n\"text\"\r\n\0\n");
    out.print(new String(Messages.result(id, utf8("{}")), StandardCharsets.UTF_8) + "\r\n");
    out.flush();
  }

  private void batch(byte[] id) {
    String result =
        new String(Messages.result(id, utf8("{\"in\":\"batch\"}")), StandardCharsets.UTF_8);
    out.print("[" + NOTIFICATION + "," + result + "]\n");
    out.flush();
  }

  private void complain(byte[] id) {
    System.err.println("first complaint");
    System.err.println("second complaint");
    reply(id, utf8("{}"));
  }

  private void deaf(byte[] id) throws IOException {
    reply(id, utf8("{}"));
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private void endless() {
    byte[] chunk = utf8("z".repeat(1 << 16));
    while (!out.checkError()) {
      out.write(chunk, 0, chunk.length);
    }
  }

  private void reply(byte[] id, byte[] result) {
    out.print(new String(Messages.result(id, result), StandardCharsets.UTF_8) + "\n");
    out.flush();
  }

  private static byte[] list(List<String> texts) {
    return JsonText.write(
        json -> {
          json.writeStartObject();
          json.writeFieldName("list");
          json.writeStartArray();
          for (String text : texts) {
            json.writeString(text);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
