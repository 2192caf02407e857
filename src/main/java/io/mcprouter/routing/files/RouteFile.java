package io.mcprouter.routing.files;

import io.mcprouter.config.Fault;
import io.mcprouter.config.Severity;
import io.mcprouter.config.SourceLocation;
import java.util.Arrays;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;

/** One {@code *.camel.yaml} as it was read. */
public final class RouteFile {
  /** What the name of such a file ends with. */
  public static final String SUFFIX = ".camel.yaml";

  /** The largest file that is loaded, in bytes. */
  public static final int MOST_BYTES = 1 << 20;

  private final String name;
  private final String location;
  private final byte[] content;

  /**
   * @param name the file's name alone; of two files with one name, the directory's takes the place
   *     of the program's own
   * @param location where it is, for people
   */
  public RouteFile(String name, String location, byte[] content) {
    this.name = name;
    this.location = location;
    this.content = content.clone();
  }

  public String name() {
    return name;
  }

  public String location() {
    return location;
  }

  byte[] content() {
    return content.clone();
  }

  /** What Camel loads; its location is what Camel's messages name. */
  public Resource resource() {
    return ResourceHelper.fromBytes("file:" + location, content.clone());
  }

  boolean sameAs(RouteFile other) {
    return location.equals(other.location) && Arrays.equals(content, other.content);
  }

  /**
   * A fault in this file.
   *
   * @param line counted from 1
   * @param path what is wrong: a route's or a template's id, or a kind of element
   */
  Fault fault(int line, int column, String path, String message) {
    return new Fault(Severity.ERROR, new SourceLocation(location, line, column), path, message);
  }

  @Override
  public String toString() {
    return location;
  }
}
