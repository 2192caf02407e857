package io.mcprouter.integration.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.integration.Json;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** Writes what lists show of an item. */
public final class ItemJson {
  private final CamelContext camel;
  private final ObjectNode json;

  public ItemJson(CamelContext camel, String name) {
    this.camel = camel;
    this.json = Json.MAPPER.createObjectNode().put("name", name);
  }

  /** Adds a member, where it has a value. */
  public ItemJson with(String member, @Nullable Object value) {
    if (value != null) {
      json.set(member, Json.MAPPER.valueToTree(value));
    }
    return this;
  }

  /** Adds the icons of an option: a URL or data URI of one, or a reference to a JSON array. */
  public ItemJson icons(@Nullable String icons) {
    if (icons == null) {
      return this;
    }
    if (icons.matches("(https?|data):.*")) {
      json.putArray("icons").addObject().put("src", icons);
    } else {
      json.set("icons", Json.referred(camel, "icons", icons));
    }
    return this;
  }

  public ObjectNode json() {
    return json;
  }
}
