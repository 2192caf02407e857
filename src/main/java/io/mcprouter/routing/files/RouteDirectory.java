package io.mcprouter.routing.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where route files are: in the program itself, and in a directory whose files take the place of
 * the program's own of the same name.
 *
 * @param directory may be missing, now or later, or be one file; null for none
 * @param builtIn the program's own files by their name
 */
public record RouteDirectory(@Nullable Path directory, Map<String, RouteFile> builtIn) {
  /** Most files in the directory. */
  static final int MOST_FILES = 2_000;

  public RouteDirectory {
    builtIn = Map.copyOf(builtIn);
  }

  /** Where something happens when a file comes, goes or changes; null where nothing can. */
  @Nullable Path watched() {
    Path place = directory;
    return place == null || !Files.isRegularFile(place)
        ? place
        : place.toAbsolutePath().getParent();
  }

  /**
   * All files as they are now, by name.
   *
   * @throws IOException when the directory cannot be read, or holds too many files
   */
  public Map<String, RouteFile> read() throws IOException {
    Map<String, RouteFile> files = new TreeMap<>(builtIn);
    Path place = directory;
    if (place != null && Files.isRegularFile(place)) {
      read(place, files);
    } else if (place != null) {
      try (Stream<Path> found = Files.list(place)) {
        for (Path file : found.filter(RouteDirectory::isRouteFile).sorted().toList()) {
          read(file, files);
        }
      } catch (NoSuchFileException | NotDirectoryException none) {
        return files;
      }
    }
    if (files.size() - builtIn.size() > MOST_FILES) {
      throw new IOException(place + " holds more than " + MOST_FILES + " route files");
    }
    return files;
  }

  private static boolean isRouteFile(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(RouteFile.SUFFIX) && !name.startsWith(".") && Files.isRegularFile(file);
  }

  /** A file that goes while the directory is read is not there. */
  private static void read(Path file, Map<String, RouteFile> files) throws IOException {
    String name = file.getFileName().toString();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(RouteFile.MOST_BYTES + 1);
      files.put(name, new RouteFile(name, file.toString(), content));
    } catch (NoSuchFileException gone) {
      return; // and the program's own of that name counts
    }
  }
}
