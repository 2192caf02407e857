package io.mcprouter.testkit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** The text of a servers file, written as JSON, which is YAML too. */
public final class ServersFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode root = JSON.createObjectNode();
  private final ObjectNode servers = root.putObject("mcpServers");

  /** Adds an entry, or puts another in its place. */
  public ServersFile with(String server, ObjectNode entry) {
    servers.set(server, entry);
    return this;
  }

  public ServersFile without(String server) {
    servers.remove(server);
    return this;
  }

  /** Adds a toolset of whole servers. */
  public ServersFile toolset(String name, String... names) {
    ObjectNode set = root.withObject("/toolsets").putObject(name);
    set.set("servers", JSON.valueToTree(List.of(names)));
    return this;
  }

  /** An entry that starts a program. */
  public static ObjectNode program(List<String> command, Map<String, String> env) {
    ObjectNode entry =
        JSON.createObjectNode().put("type", "stdio").put("command", command.getFirst());
    entry.set("args", JSON.valueToTree(command.subList(1, command.size())));
    entry.set("env", JSON.valueToTree(env));
    return entry;
  }

  /** An entry for a server at an address. */
  public static ObjectNode remote(String type, String url, Map<String, String> headers) {
    ObjectNode entry = JSON.createObjectNode().put("type", type).put("url", url);
    entry.set("headers", JSON.valueToTree(headers));
    return entry;
  }

  @Override
  public String toString() {
    return root.toPrettyString();
  }
}
