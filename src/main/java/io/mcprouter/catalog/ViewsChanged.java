package io.mcprouter.catalog;

import java.util.function.Predicate;

/** Hears that the servers file makes lists of other servers now, or cuts them differently. */
@FunctionalInterface
public interface ViewsChanged {
  /**
   * Lists of one kind are others than before, also those of views that came or went.
   *
   * @param differs whether it is so for a view
   */
  void viewsChanged(ListKind kind, Predicate<View> differs);
}
