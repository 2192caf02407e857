package io.mcprouter.oauth;

import io.mcprouter.credential.Owner;
import io.mcprouter.credential.Store;
import java.util.List;

/** Removes what is kept of a server that was one user's own and is no more. */
record Traces(Store store) {
  private static final List<String> OF_USER =
      List.of("oauth_grants", "oauth_logins", "oauth_flows");
  private static final List<String> OF_SERVER = List.of("oauth_servers", "oauth_client_issuers");

  void remove(Owner owner, String server) {
    store.runInTransaction(
        () -> {
          for (String table : OF_USER) {
            store
                .jdbc()
                .sql(
                    "DELETE FROM "
                        + table
                        + " WHERE tenant = :tenant AND user_id = :user AND server = :server")
                .param("tenant", owner.tenant())
                .param("user", owner.user())
                .param("server", server)
                .update();
          }
          for (String table : OF_SERVER) {
            store
                .jdbc()
                .sql("DELETE FROM " + table + " WHERE server = :server")
                .param("server", server)
                .update();
          }
        });
  }
}
