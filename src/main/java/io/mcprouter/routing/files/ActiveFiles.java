package io.mcprouter.routing.files;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which files Camel has now, and which it could not take. */
final class ActiveFiles {
  private static final Logger LOG = LoggerFactory.getLogger(ActiveFiles.class);

  private final CamelContext camel;
  private final ServerRoutes servers;
  private final Map<String, LoadedFile> loaded = new TreeMap<>();
  private final Map<String, Instant> since = new TreeMap<>();
  private final Map<String, FaultyRouteFile> faulty = new TreeMap<>();

  ActiveFiles(CamelContext camel, ServerRoutes servers) {
    this.camel = camel;
    this.servers = servers;
  }

  @Nullable LoadedFile find(String name) {
    return loaded.get(name);
  }

  Collection<LoadedFile> all() {
    return List.copyOf(loaded.values());
  }

  /** The files that are wrong and of which nothing runs. */
  Set<String> withoutRoutes() {
    Set<String> names = new TreeSet<>(faulty.keySet());
    names.removeAll(loaded.keySet());
    return names;
  }

  /** The files that are wrong only for names that other files have. */
  Set<String> inConflict() {
    Set<String> names = new TreeSet<>();
    faulty.forEach(
        (name, fault) -> {
          if (fault.isConflict()) {
            names.add(name);
          }
        });
    return names;
  }

  /** Gives a file to Camel, its routes not started. */
  LoadedFile load(RouteFile file, FileContents contents) throws FaultyRouteFile {
    checkNames(file, contents, Set.of(file.name()));
    LoadedFile next = LoadedFile.load(camel, file, contents);
    loaded.put(file.name(), next);
    since.put(file.name(), Instant.now());
    return next;
  }

  /** Takes a file, whose routes were stopped, out of Camel. */
  void remove(LoadedFile file) {
    file.remove();
    loaded.remove(file.file().name());
    since.remove(file.file().name());
  }

  /** The file is right, or gone. */
  void cleared(String name) {
    faulty.remove(name);
  }

  /** Whether the fault is news, and was logged. */
  boolean report(RouteFile file, FaultyRouteFile fault) {
    FaultyRouteFile before = faulty.put(file.name(), fault);
    boolean isNew = before == null || !before.fault().equals(fault.fault());
    if (isNew) {
      LOG.error("{}", fault.fault());
      LOG.debug("In Camel's own words", fault);
    }
    return isNew;
  }

  /**
   * Camel lets a second route or template of one name take the first one's place.
   *
   * @param leaving files whose names do not count, since they are loaded anew
   */
  void checkNames(RouteFile file, FileContents contents, Set<String> leaving)
      throws FaultyRouteFile {
    for (LoadedFile other : loaded.values()) {
      if (leaving.contains(other.file().name()) || other.file().name().equals(file.name())) {
        continue;
      }
      refuse(file, contents, contents.templates(), other.contents().templates(), other);
      refuse(file, contents, contents.routes().keySet(), other.routeIds(), other);
      refuse(file, contents, contents.beans(), other.contents().beans(), other);
    }
    for (String id : contents.routes().keySet()) {
      if (servers.isReserved(id)) {
        throw new FaultyRouteFile(
            file.fault(contents.lineOf(id), 1, id, "is an id of servers' routes; choose another"));
      }
    }
  }

  private static void refuse(
      RouteFile file, FileContents contents, Set<String> own, Set<String> taken, LoadedFile other)
      throws FaultyRouteFile {
    for (String id : own) {
      if (taken.contains(id)) {
        throw FaultyRouteFile.conflict(
            file.fault(
                contents.lineOf(id), 1, id, "stands in " + other.file() + " too; rename one"));
      }
    }
  }

  /** How the files are, in the order of their names. */
  List<RouteFileReport> reports() {
    Set<String> names = new TreeSet<>(loaded.keySet());
    names.addAll(faulty.keySet());
    return names.stream().map(this::report).toList();
  }

  private RouteFileReport report(String name) {
    LoadedFile file = loaded.get(name);
    FaultyRouteFile fault = faulty.get(name);
    return new RouteFileReport(
        name,
        file == null ? List.of() : List.copyOf(file.routeIds()),
        file == null ? List.of() : List.copyOf(file.contents().templates()),
        since.get(name),
        fault == null ? null : fault.fault());
  }
}
