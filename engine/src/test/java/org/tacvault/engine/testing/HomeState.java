package org.tacvault.engine.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tacvault.engine.io.Sha256;
import org.tacvault.engine.sample.TableHashes;
import org.tacvault.engine.sqlite.SqliteHeader;

/** What a directory holds, lock files left out, to compare before and after. */
public final class HomeState {
  private HomeState() {}

  /** Every file by its path and the SHA-256 of its bytes. */
  public static Map<String, String> bytes(Path directory) {
    Map<String, String> state = new TreeMap<>();
    forEachFile(directory, (name, file) -> state.put(name, Sha256.hex(file)));
    return state;
  }

  /** Every file by its path; databases by the content of their tables, others by their bytes. */
  public static Map<String, Object> content(Path directory) {
    Map<String, Object> state = new TreeMap<>();
    forEachFile(
        directory,
        (name, file) ->
            state.put(
                name,
                SqliteHeader.read(file).isPresent() ? TableHashes.of(file) : Sha256.hex(file)));
    return state;
  }

  private interface Visitor {
    void visit(String name, Path file) throws IOException;
  }

  private static void forEachFile(Path directory, Visitor visitor) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).filter(HomeState::mayBeRead).toList()) {
        visitor.visit(directory.relativize(file).toString(), file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reading a lock file would drop the locks that this process holds on it (POSIX). */
  private static boolean mayBeRead(Path file) {
    return !file.toString().endsWith(".lock");
  }
}
