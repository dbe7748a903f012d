package org.tacvault.engine.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.tacvault.engine.io.Directories;

/**
 * A directory as one thing. Copied between two steps of another process that works on it, it is
 * what {@code kill -9} in that moment would leave: files, but no locks.
 */
public final class Tree {
  private Tree() {}

  /** Makes {@code target}, whatever it is now, the same as {@code source}. */
  public static void copy(Path source, Path target) {
    try {
      Directories.delete(target);
      Files.createDirectories(target.getParent());
      for (Path from : all(source)) {
        Files.copy(
            from,
            target.resolve(source.relativize(from).toString()),
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes {@code target} what {@code source} is, which is gone then. */
  public static void move(Path source, Path target) {
    try {
      Directories.delete(target);
      Files.move(source, target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What tells one state of {@code directory} from another: names, sizes and check sums. */
  public static Map<String, String> state(Path directory) {
    Map<String, String> state = new TreeMap<>();
    try {
      for (Path file : all(directory)) {
        String name = directory.relativize(file).toString();
        state.put(name, Files.isDirectory(file) ? "" : sum(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return state;
  }

  /** SQLite makes the index of a log anew when whoever used it is dead. */
  private static String sum(Path file) throws IOException {
    if (file.toString().endsWith("-shm")) {
      return "";
    }
    CRC32 sum = new CRC32();
    sum.update(Files.readAllBytes(file));
    return Files.size(file) + " " + sum.getValue();
  }

  private static List<Path> all(Path directory) throws IOException {
    try (Stream<Path> found = Files.walk(directory)) {
      return found.toList();
    }
  }
}
