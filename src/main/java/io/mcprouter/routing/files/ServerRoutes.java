package io.mcprouter.routing.files;

import java.util.Set;

/** The routes of servers, which are made of templates in the files. */
public interface ServerRoutes {
  /** For a context in which there are none. */
  ServerRoutes NONE =
      new ServerRoutes() {
        @Override
        public void whileNoneIsMade(Runnable action) {
          action.run();
        }

        @Override
        public void templatesChanged(Set<String> templates) {}

        @Override
        public boolean isReserved(String routeId) {
          return false;
        }
      };

  /** Runs an action during which no server's route is made or removed. */
  void whileNoneIsMade(Runnable action);

  /** Makes the routes anew that were made of these templates. */
  void templatesChanged(Set<String> templates);

  /** Whether only a server's route may have that id. */
  boolean isReserved(String routeId);
}
