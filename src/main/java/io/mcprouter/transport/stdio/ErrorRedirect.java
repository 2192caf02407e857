package io.mcprouter.transport.stdio;

import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.ProcessTarget.Stderr;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a child's error output goes: from the option's text to what the JDK is told. */
final class ErrorRedirect {
  private static final int HIGHEST_DESCRIPTOR = 1 << 20;
  private static final Path LINUX_DESCRIPTORS = Path.of("/proc/self/fd");
  private static final Path OTHER_DESCRIPTORS = Path.of("/dev/fd");
  private static final int ACCESS_MODE = 3;

  private ErrorRedirect() {}

  /**
   * Reads {@code inherit}, {@code pipe}, {@code ignore} or the number of a descriptor.
   *
   * @throws IllegalArgumentException for anything else
   */
  static Stderr parse(String text) {
    return switch (text.trim()) {
      case "inherit" -> new Stderr.Inherit();
      case "pipe" -> new Stderr.Pipe();
      case "ignore" -> new Stderr.Ignore();
      case String number -> new Stderr.Descriptor(descriptor(number));
    };
  }

  private static int descriptor(String text) {
    int number;
    try {
      number = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "stderr is 'inherit', 'pipe', 'ignore' or the number of a file descriptor", e);
    }
    if (number < 1 || number > HIGHEST_DESCRIPTOR) {
      throw new IllegalArgumentException(
          "stderr cannot be file descriptor " + number + ": use 1 or higher");
    }
    return number;
  }

  static Redirect of(Stderr stderr, String server) throws McpFailure {
    return switch (stderr) {
      case Stderr.Inherit() -> Redirect.INHERIT;
      case Stderr.Pipe() -> Redirect.PIPE;
      case Stderr.Ignore() -> Redirect.DISCARD;
      case Stderr.Descriptor(int number) when number == 2 -> Redirect.INHERIT;
      case Stderr.Descriptor(int number) -> toDescriptor(number, server);
    };
  }

  private static Redirect toDescriptor(int number, String server) throws McpFailure {
    Path directory = Files.isDirectory(LINUX_DESCRIPTORS) ? LINUX_DESCRIPTORS : OTHER_DESCRIPTORS;
    Path descriptor = directory.resolve(Integer.toString(number));
    if (number < 1 || !Files.exists(descriptor) || !isForWriting(number)) {
      throw McpFailure.unavailable(
          server,
          "its stderr is file descriptor %d, which the router does not have open for writing"
              .formatted(number));
    }
    return Redirect.appendTo(descriptor.toFile());
  }

  /** Keeps error output out of files that the router itself has open for reading. */
  private static boolean isForWriting(int number) {
    Path info = Path.of("/proc/self/fdinfo/" + number);
    try {
      for (String line : Files.readAllLines(info)) {
        if (line.startsWith("flags:")) {
          return (Integer.parseInt(line.substring("flags:".length()).trim(), 8) & ACCESS_MODE) != 0;
        }
      }
    } catch (IOException | NumberFormatException notLinux) {
      return true; // no such information here: opening it will tell
    }
    return true;
  }
}
