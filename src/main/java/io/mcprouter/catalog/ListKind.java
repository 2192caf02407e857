package io.mcprouter.catalog;

import io.mcprouter.protocol.Methods;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The four lists of a server (MCP, server features: tools, prompts, resources). */
public enum ListKind {
  TOOLS(Methods.TOOLS_LIST, "tools", "name", Methods.TOOLS_CHANGED),
  PROMPTS(Methods.PROMPTS_LIST, "prompts", "name", Methods.PROMPTS_CHANGED),
  RESOURCES(Methods.RESOURCES_LIST, "resources", "uri", Methods.RESOURCES_CHANGED),
  RESOURCE_TEMPLATES(
      Methods.RESOURCE_TEMPLATES_LIST,
      "resourceTemplates",
      "uriTemplate",
      Methods.RESOURCES_CHANGED);

  private final String method;
  private final String listKey;
  private final String itemKey;
  private final String changed;

  ListKind(String method, String listKey, String itemKey, String changed) {
    this.method = method;
    this.listKey = listKey;
    this.itemKey = itemKey;
    this.changed = changed;
  }

  /** The request that asks for the list. */
  public String method() {
    return method;
  }

  /** The member of the result that holds the list. */
  public String listKey() {
    return listKey;
  }

  /** The member of an item that tells it from the others. */
  String itemKey() {
    return itemKey;
  }

  /** The notification that says that the list is another now. */
  public String changedNotification() {
    return changed;
  }

  /** Whether items carry a name that is unique in its server alone. */
  boolean isNamed() {
    return this == TOOLS || this == PROMPTS;
  }

  /** The list that a request asks for, or null where it asks for none. */
  public static @Nullable ListKind ofMethod(String method) {
    for (ListKind kind : values()) {
      if (kind.method.equals(method)) {
        return kind;
      }
    }
    return null;
  }

  /** The lists that a notification of a server calls outdated; none where it is another one. */
  public static List<ListKind> ofNotification(String method) {
    List<ListKind> kinds = new ArrayList<>();
    for (ListKind kind : values()) {
      if (kind.changed.equals(method)) {
        kinds.add(kind);
      }
    }
    return kinds;
  }
}
