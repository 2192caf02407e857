package io.mcprouter.catalog;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who hear that lists changed; one that fails keeps no other from hearing. */
final class Listeners {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private final List<ListChanged> ofLists = new CopyOnWriteArrayList<>();
  private final List<ViewsChanged> ofViews = new CopyOnWriteArrayList<>();

  void add(ListChanged listener) {
    ofLists.add(listener);
  }

  void add(ViewsChanged listener) {
    ofViews.add(listener);
  }

  void listChanged(String server, ListKind kind, String user) {
    tell(ofLists, listener -> listener.listChanged(server, kind, user));
  }

  void viewsChanged(ListKind kind, Predicate<View> differs) {
    tell(ofViews, listener -> listener.viewsChanged(kind, differs));
  }

  private static <T> void tell(List<T> listeners, Consumer<T> news) {
    for (T listener : listeners) {
      try {
        news.accept(listener);
      } catch (RuntimeException e) {
        LOG.error("A listener could not take that a list changed", e);
      }
    }
  }
}
