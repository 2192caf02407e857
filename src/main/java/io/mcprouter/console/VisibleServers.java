package io.mcprouter.console;

import io.mcprouter.catalog.Catalog;
import io.mcprouter.catalog.View;
import io.mcprouter.config.ApiKey;
import io.mcprouter.config.UserVariable;
import io.mcprouter.protocol.Caller;
import io.mcprouter.routing.RunningServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** The servers that a caller may use, by the catalog's own decision; those that they added too. */
public final class VisibleServers {
  private final Catalog catalog;

  public VisibleServers(Catalog catalog) {
    this.catalog = catalog;
  }

  List<RunningServer> of(Caller caller) {
    catalog.known(caller).join();
    return catalog.servers(View.EVERYTHING, caller);
  }

  /**
   * A server by its name.
   *
   * @throws ErrorResponseException 404 where there is none for this caller
   */
  RunningServer find(Caller caller, String name) {
    return of(caller).stream()
        .filter(server -> server.shownName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ErrorResponseException(
                    HttpStatus.NOT_FOUND,
                    Problems.of(
                        HttpStatus.NOT_FOUND, "no-such-server", "There is no server of this name."),
                    null));
  }

  /** The variables that users can give a server, in the order of the file. */
  static Map<String, UserVariable> variables(RunningServer server) {
    Map<String, UserVariable> declared = new LinkedHashMap<>(server.definition().userVariables());
    ApiKey apiKey = server.definition().authorization().apiKey();
    if (apiKey != null && apiKey.source() == ApiKey.Source.USER) {
      declared.put(ApiKey.USER_VARIABLE, new UserVariable("API key", null, true));
    }
    return declared;
  }
}
