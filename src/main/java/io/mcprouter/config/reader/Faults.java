package io.mcprouter.config.reader;

import io.mcprouter.config.Fault;
import io.mcprouter.config.Severity;
import io.mcprouter.config.SourceLocation;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, in the order in which it is found. Not for several threads. */
public final class Faults {
  private final String file;
  private final boolean strict;
  private final List<Fault> found = new ArrayList<>();

  /**
   * @param strict whether a warning counts as an error
   */
  public Faults(String file, boolean strict) {
    this.file = file;
    this.strict = strict;
  }

  /** A collection of its own for one entry, to be added later. */
  Faults forEntry() {
    return new Faults(file, strict);
  }

  public void error(Position at, String path, String message) {
    add(Severity.ERROR, at, path, message);
  }

  public void warning(Position at, String path, String message) {
    add(strict ? Severity.ERROR : Severity.WARNING, at, path, message);
  }

  void addAll(Faults others) {
    found.addAll(others.found);
  }

  public boolean hasErrors() {
    return found.stream().anyMatch(Fault::isError);
  }

  List<Fault> errors() {
    return found.stream().filter(Fault::isError).toList();
  }

  public List<Fault> all() {
    return List.copyOf(found);
  }

  public SourceLocation location(Position at) {
    return new SourceLocation(file, at.line(), at.column());
  }

  private void add(Severity severity, Position at, String path, String message) {
    found.add(new Fault(severity, location(at), onOneLine(path), onOneLine(message)));
  }

  /** A fault is one line, whatever the names in it. */
  private static String onOneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
