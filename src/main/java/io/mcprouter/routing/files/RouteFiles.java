package io.mcprouter.routing.files;

import io.mcprouter.config.SourceLocation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps Camel in step with the route files. Each file is loaded as a whole: one that is wrong is
 * reported, and what it held before goes on. Calls that come while routes are replaced wait for the
 * new ones; those that are inside end in the old ones.
 */
public final class RouteFiles {
  private static final Logger LOG = LoggerFactory.getLogger(RouteFiles.class);

  private final ServerRoutes servers;
  private final Doors doors;
  private final Duration drain;
  private final ActiveFiles active;
  private Map<String, RouteFile> seen = Map.of();
  private boolean started;

  /** Read while routes are replaced, which may take long. */
  private volatile List<RouteFileReport> reports = List.of();

  /**
   * @param servers the routes of servers, which are made of templates in the files
   * @param doors where calls wait while their route is replaced
   * @param drain how long calls that are inside a route may take to end when it is replaced
   */
  public RouteFiles(CamelContext camel, ServerRoutes servers, Doors doors, Duration drain) {
    this.servers = servers;
    this.doors = doors;
    this.drain = drain;
    this.active = new ActiveFiles(camel, servers);
  }

  /** Starts the routes that were loaded so far; those that come later start at once. */
  public synchronized void start() {
    started = true;
    active.all().forEach(file -> start(new Replacement(null, file.file(), file.contents(), false)));
    reports = active.reports();
  }

  /**
   * Stops the routes of all files, so that what they have under way comes to its end while what
   * they call is still there.
   */
  public synchronized void stop() {
    started = false;
    long deadline = deadline();
    active.all().forEach(file -> file.stop(deadline));
  }

  private long deadline() {
    return System.nanoTime() + drain.toNanos();
  }

  /** How the files are, in the order of their names; never waits. */
  public List<RouteFileReport> reports() {
    return reports;
  }

  /** Where a route stands that was loaded of a file; null for another. */
  public synchronized @Nullable SourceLocation place(String routeId) {
    return active.all().stream()
        .filter(file -> file.routeIds().contains(routeId))
        .map(file -> file.file().fault(file.contents().lineOf(routeId), 1, routeId, "").location())
        .findFirst()
        .orElse(null);
  }

  /**
   * Makes what runs be what these files say. Never fails: what cannot be used is reported.
   *
   * @param wanted the files by their name
   */
  public synchronized void apply(Map<String, RouteFile> wanted) {
    Set<String> changed = changed(wanted);
    if (changed.isEmpty()) {
      return;
    }
    seen = Map.copyOf(wanted);
    changed.addAll(active.withoutRoutes()); // what was missing may be there now
    Map<String, FileContents> contents = readable(changed, wanted);
    retryConflicts(contents, wanted);
    reports = active.reports();
    Set<String> templates = new HashSet<>();
    turnOver(affected(contents, templates), contents, wanted);
    reports = active.reports();
    if (!templates.isEmpty()) {
      servers.templatesChanged(templates);
    }
  }

  /** Files whose names another file had: its routes are not disturbed before they are free. */
  private void retryConflicts(Map<String, FileContents> contents, Map<String, RouteFile> wanted) {
    for (String name : active.inConflict()) {
      RouteFile file = wanted.get(name);
      if (file == null || contents.containsKey(name)) {
        continue;
      }
      try {
        FileContents now = FileContents.of(file);
        active.checkNames(file, now, contents.keySet());
        active.cleared(name);
        contents.put(name, now);
      } catch (FaultyRouteFile e) {
        if (active.report(file, e) && active.find(name) != null) {
          goesOn(file);
        }
      }
    }
  }

  private Set<String> changed(Map<String, RouteFile> wanted) {
    Set<String> names = new TreeSet<>(wanted.keySet());
    names.addAll(seen.keySet());
    names.removeIf(
        name -> {
          RouteFile before = seen.get(name);
          RouteFile now = wanted.get(name);
          return before != null && now != null && now.sameAs(before);
        });
    return names;
  }

  /** What the changed files hold; those that are wrong are reported, and not among them. */
  private Map<String, FileContents> readable(Set<String> changed, Map<String, RouteFile> wanted) {
    Map<String, FileContents> readable = new TreeMap<>();
    for (String name : changed) {
      RouteFile file = wanted.get(name);
      try {
        FileContents contents = file == null ? FileContents.NONE : FileContents.of(file);
        if (file != null) {
          check(file, contents);
        }
        active.cleared(name);
        readable.put(name, contents);
      } catch (FaultyRouteFile e) {
        if (active.report(Objects.requireNonNull(file), e) && active.find(name) != null) {
          goesOn(file);
        }
      }
    }
    return readable;
  }

  /** Lets Camel read the file in a context that is thrown away: nothing of it takes effect. */
  private static void check(RouteFile file, FileContents contents) throws FaultyRouteFile {
    if (contents.elements() == 0) {
      return;
    }
    RouteFile plain = withoutBeans(file, contents);
    DefaultCamelContext aside = new DefaultCamelContext(false);
    try (aside) {
      aside.build();
      for (RoutesBuilder builder :
          LoadedFile.loader(aside).findRoutesBuilders(List.of(plain.resource()))) {
        if (builder instanceof RouteBuilder routes) {
          routes.configureRoutes(aside);
        }
      }
    } catch (StackOverflowError e) {
      throw new FaultyRouteFile(
          file.fault(1, 1, "file", "holds itself, or is nested too deeply: look at its aliases"));
    } catch (Exception e) {
      throw FaultyRouteFile.of(aside, file, "", e);
    }
  }

  private static RouteFile withoutBeans(RouteFile file, FileContents contents) {
    return new RouteFile(
        file.name(), file.location(), contents.withoutBeans().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The file as far as it can be looked at without running anything of it: beans of a file are made
   * when it is loaded.
   */
  public static RouteFile withoutBeans(RouteFile file) {
    try {
      return withoutBeans(file, FileContents.of(file));
    } catch (FaultyRouteFile told) {
      return file; // whoever loads it hears the same
    }
  }

  /**
   * The files to be loaded anew: those that changed, and those whose routes are made of what these
   * give.
   *
   * @param templates gets the templates that are others now
   */
  private Set<String> affected(Map<String, FileContents> contents, Set<String> templates) {
    boolean configures = false;
    for (Map.Entry<String, FileContents> file : contents.entrySet()) {
      LoadedFile before = active.find(file.getKey());
      FileContents was = before == null ? FileContents.NONE : before.contents();
      templates.addAll(was.templates());
      templates.addAll(file.getValue().templates());
      configures |= was.configures() || file.getValue().configures();
    }
    Set<String> affected = new TreeSet<>(contents.keySet());
    for (LoadedFile file : active.all()) {
      FileContents was = file.contents();
      if (configures || was.used().stream().anyMatch(templates::contains)) {
        affected.add(file.file().name());
        templates.addAll(was.templates());
      }
    }
    return affected;
  }

  private void turnOver(
      Set<String> names, Map<String, FileContents> contents, Map<String, RouteFile> wanted) {
    List<Replacement> replacements =
        names.stream()
            .map(name -> replacement(name, contents, wanted))
            .sorted(Comparator.comparing(each -> !each.contents.used().isEmpty()))
            .toList(); // templates before what is made of them
    List<LoadedFile> old =
        replacements.stream().map(Replacement::before).filter(Objects::nonNull).toList();
    Set<String> routes = new LinkedHashSet<>();
    old.forEach(file -> routes.addAll(file.routeIds()));
    try (Doors.Closed closed = doors.close(routes)) {
      long deadline = deadline();
      awaitIdle(closed);
      old.forEach(file -> file.stop(deadline));
      List<Replacement> fresh = new ArrayList<>();
      servers.whileNoneIsMade(
          () -> {
            old.forEach(active::remove);
            fresh.addAll(load(replacements));
          });
      if (started) {
        fresh.forEach(this::start);
      }
    }
  }

  private Replacement replacement(
      String name, Map<String, FileContents> contents, Map<String, RouteFile> wanted) {
    LoadedFile before = active.find(name);
    FileContents now = contents.get(name);
    return now == null && before != null
        ? new Replacement(before, before.file(), before.contents(), false)
        : new Replacement(before, wanted.get(name), now == null ? FileContents.NONE : now, false);
  }

  private void awaitIdle(Doors.Closed closed) {
    try {
      closed.awaitIdle(drain);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Loads the files, or what they were before where that fails; what fails has a second chance when
   * all others are there.
   */
  private List<Replacement> load(List<Replacement> replacements) {
    List<Replacement> fresh = new ArrayList<>();
    List<Replacement> again = new ArrayList<>();
    for (Replacement each : replacements) {
      if (each.file != null && load(each.file, each, fresh) != null) {
        again.add(each);
      }
    }
    for (Replacement each : again) {
      RouteFile file = Objects.requireNonNull(each.file);
      FaultyRouteFile fault = load(file, each, fresh);
      if (fault != null) {
        active.report(file, fault);
        takeBack(each, fresh);
      }
    }
    return fresh;
  }

  private @Nullable FaultyRouteFile load(
      RouteFile file, Replacement each, List<Replacement> fresh) {
    try {
      active.load(file, each.contents);
      fresh.add(each);
      return null;
    } catch (FaultyRouteFile e) {
      return e;
    }
  }

  private void takeBack(Replacement failed, List<Replacement> fresh) {
    LoadedFile before = failed.before;
    if (before == null) {
      return;
    }
    Replacement back = Replacement.restored(before);
    FaultyRouteFile fault = load(before.file(), back, fresh);
    if (fault == null) {
      goesOn(before.file());
    } else {
      LOG.error("{}: what it held before cannot be loaded again either", before.file(), fault);
    }
  }

  private static void goesOn(RouteFile file) {
    LOG.warn("{}: what it held before goes on", file);
  }

  private void start(Replacement replacement) {
    LoadedFile file =
        Objects.requireNonNull(active.find(Objects.requireNonNull(replacement.file).name()));
    try {
      file.start();
      if (!replacement.isRestored && !file.routeIds().isEmpty()) {
        LOG.info("{}: the routes {}", file.file(), String.join(", ", file.routeIds()));
      }
    } catch (FaultyRouteFile e) {
      active.report(file.file(), e);
      file.stop(deadline());
      List<Replacement> back = new ArrayList<>();
      servers.whileNoneIsMade(
          () -> {
            active.remove(file);
            takeBack(replacement, back);
          });
      back.forEach(this::start);
    }
  }

  /**
   * What takes the place of a file.
   *
   * @param before what is loaded now; null for a new file
   * @param file what is to be loaded; null where the file is gone
   * @param isRestored whether it is what the file held before
   */
  private record Replacement(
      @Nullable LoadedFile before,
      @Nullable RouteFile file,
      FileContents contents,
      boolean isRestored) {
    static Replacement restored(LoadedFile before) {
      return new Replacement(null, before.file(), before.contents(), true);
    }
  }
}
