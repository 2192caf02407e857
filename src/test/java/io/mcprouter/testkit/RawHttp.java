package io.mcprouter.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One HTTP request, written as it stands, with headers that no polite client would send. */
public final class RawHttp {
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *([0-9]+)");

  private final int port;
  private final String line;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private byte[] body = {};

  private RawHttp(String line, int port) {
    this.port = port;
    this.line = line + " HTTP/1.1\r\n";
    headers.put("Host", "127.0.0.1:" + port);
    headers.put("Connection", "close");
  }

  /** A request that an MCP client would send. */
  public static RawHttp post(int port, String path, String json) {
    RawHttp request = new RawHttp("POST " + path, port);
    request.body = json.getBytes(StandardCharsets.UTF_8);
    return request
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream")
        .header("Content-Length", Integer.toString(request.body.length));
  }

  public static RawHttp of(int port, String method, String path) {
    return new RawHttp(method + " " + path, port);
  }

  /** Sets a header, in the place of one of that name. */
  public RawHttp header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  public RawHttp without(String name) {
    headers.remove(name);
    return this;
  }

  /** Takes other bytes than text in UTF-8. */
  public RawHttp body(byte[] bytes) {
    body = bytes.clone();
    return header("Content-Length", Integer.toString(bytes.length));
  }

  /** Sends it; the answer is read as it comes. */
  public RawStream open() {
    try {
      Socket socket = new Socket("127.0.0.1", port);
      write(socket);
      return new RawStream(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder(line);
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().write(body);
  }

  /** Sends it and reads until the router closes the connection. */
  public Reply send() {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(20_000);
      write(socket);
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      read(socket.getInputStream(), answer);
      return Reply.of(answer.toString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void read(InputStream in, ByteArrayOutputStream answer) throws IOException {
    byte[] chunk = new byte[8_192];
    try {
      for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
        answer.write(chunk, 0, length);
        if (isWhole(answer.toString(StandardCharsets.ISO_8859_1))) {
          return;
        }
      }
    } catch (SocketException reset) {
      if (answer.size() == 0) {
        throw reset;
      }
    }
  }

  /** Whether all is there that the answer's length announces; the router may keep listening. */
  private static boolean isWhole(String answer) {
    int end = answer.indexOf("\r\n\r\n");
    Matcher length = LENGTH.matcher(end < 0 ? "" : answer.substring(0, end));
    return length.find() && answer.length() >= end + 4 + Integer.parseInt(length.group(1));
  }

  /**
   * What came back.
   *
   * @param headers by names in lower case
   */
  public record Reply(int status, Map<String, String> headers, String body) {
    private static Reply of(String text) {
      int end = text.indexOf("\r\n\r\n");
      String[] head = text.substring(0, end).split("\r\n", -1);
      Map<String, String> headers = new TreeMap<>();
      for (int i = 1; i < head.length; i++) {
        int colon = head[i].indexOf(':');
        headers.put(
            head[i].substring(0, colon).toLowerCase(Locale.ROOT),
            head[i].substring(colon + 1).strip());
      }
      return new Reply(
          Integer.parseInt(head[0].split(" ", -1)[1]), headers, text.substring(end + 4));
    }

    public String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }
}
