package io.mcprouter.catalog;

import java.util.List;

/**
 * One name or URI that several servers of a view list: the first server in the file gets the calls,
 * and the others' items are not shown.
 *
 * @param key public name, URI or URI template
 * @param server the server that is called
 * @param hidden the servers whose item is hidden, in the order of the file
 */
public record Conflict(ListKind kind, String key, String server, List<String> hidden) {
  public Conflict {
    hidden = List.copyOf(hidden);
  }
}
