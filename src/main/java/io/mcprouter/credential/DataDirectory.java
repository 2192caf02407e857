package io.mcprouter.credential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory that holds the H2 file, for its owner alone. */
final class DataDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);
  private static final Set<PosixFilePermission> OWNER_ALONE =
      PosixFilePermissions.fromString("rwx------");

  /** Threads of one JVM cannot wait for one another at a file's lock. */
  private static final Object ONE_OF_THIS_PROCESS = new Object();

  private final Path path;

  private DataDirectory(Path path) {
    this.path = path;
  }

  /** Opens the directory, and makes it where it is missing. */
  static DataDirectory open(Path data) {
    Path path = data.toAbsolutePath().normalize();
    if (path.toString().indexOf(';') >= 0) {
      throw new StoreException(
          "The data directory " + path + " has a semicolon in its name, which H2 cannot take.",
          "Choose another with --data.");
    }
    try {
      create(path);
    } catch (IOException e) {
      throw new StoreException(
          "The data directory " + path + " cannot be made: " + reason(e) + ".",
          "Create it, or choose another with --data.",
          e);
    }
    return new DataDirectory(path);
  }

  private static void create(Path path) throws IOException {
    Path parent = path.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (Files.getFileAttributeView(existing(path), PosixFileAttributeView.class) == null) {
      Files.createDirectories(path);
    } else if (Files.isDirectory(path)) {
      tighten(path);
    } else {
      createForOwner(path);
    }
  }

  private static Path existing(Path path) {
    Path parent = path.getParent();
    return Files.exists(path) || parent == null ? path : parent;
  }

  private static void createForOwner(Path path) throws IOException {
    try {
      Files.createDirectory(path, PosixFilePermissions.asFileAttribute(OWNER_ALONE));
    } catch (FileAlreadyExistsException another) {
      if (!Files.isDirectory(path)) {
        throw another;
      }
    }
  }

  /** A mounted volume may belong to somebody else; then its owner decides, and is told. */
  private static void tighten(Path path) throws IOException {
    if (Files.getPosixFilePermissions(path).equals(OWNER_ALONE)) {
      return;
    }
    try {
      Files.setPosixFilePermissions(path, OWNER_ALONE);
    } catch (IOException e) {
      LOG.warn(
          "The data directory {} cannot be closed to other users ({}); give it the mode 0700",
          path,
          reason(e));
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName();
  }

  Path path() {
    return path;
  }

  /** Does something that no other process on this directory may do at the same time. */
  <T extends @Nullable Object> T exclusively(Supplier<T> action) {
    synchronized (ONE_OF_THIS_PROCESS) {
      try (FileChannel channel = lockFile();
          FileLock lock = channel.lock()) {
        if (!lock.isValid()) {
          throw new IOException("the lock is not valid");
        }
        return action.get();
      } catch (IOException e) {
        throw new UncheckedIOException("The data directory " + path + " cannot be locked", e);
      }
    }
  }

  private FileChannel lockFile() throws IOException {
    Path file = path.resolve("router.start.lock");
    if (Files.isSymbolicLink(file) || Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(file + " is no file");
    }
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }
}
