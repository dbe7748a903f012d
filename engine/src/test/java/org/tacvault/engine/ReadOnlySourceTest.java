package org.tacvault.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.sqlite.ForeignReader;
import org.tacvault.engine.testing.HomeState;

/** A user that may read the server's data, and write nothing of it, can back it up. */
class ReadOnlySourceTest {
  private static final String NOBODY = "65534";

  @TempDir Path root;

  @Test
  void rowsInTheLogOfADatabaseThatMayOnlyBeReadAreCopied() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can become another user");
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path source = databaseWithRowsInItsLog();
    Map<String, String> before = HomeState.bytes(source.getParent());
    Path target = Files.createDirectory(root.resolve("target"));
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxrwxrwx"));

    String output = runAsNobody(ForeignReader.class, source, target);

    assertThat(output).as("what the copy holds").contains("rows 100").contains("readonly true");
    assertThat(HomeState.bytes(source.getParent())).isEqualTo(before);
  }

  /** As a killed server leaves it: a database with a log, and no shared memory. */
  private Path databaseWithRowsInItsLog() throws Exception {
    Path live = root.resolve("live.db");
    Path directory = Files.createDirectory(root.resolve("source"));
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + live);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode=WAL");
      statement.execute("PRAGMA wal_autocheckpoint=0");
      statement.execute("CREATE TABLE device(name TEXT)");
      statement.execute(
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)"
              + " INSERT INTO device SELECT 'router-' || i FROM n");
      Files.copy(live, directory.resolve("devices.db"));
      Files.copy(root.resolve("live.db-wal"), directory.resolve("devices.db-wal"));
    }
    for (String name : List.of("devices.db", "devices.db-wal")) {
      Files.setPosixFilePermissions(
          directory.resolve(name), PosixFilePermissions.fromString("r--r--r--"));
    }
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
    return directory.resolve("devices.db");
  }

  private String runAsNobody(Class<?> mainClass, Path... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "--enable-native-access=ALL-UNNAMED", "-cp", readableCopy()));
    command.add(mainClass.getName());
    Stream.of(arguments).forEach(argument -> command.add(argument.toString()));
    Process process;
    try {
      process =
          new ProcessBuilder(command).directory(new File("/")).redirectErrorStream(true).start();
    } catch (IOException e) {
      assumeTrue("true".equals(System.getenv("CI")), "setpriv is not installed");
      throw e;
    }
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  /** The class path lies in a home directory that others may not enter. */
  private String readableCopy() throws IOException {
    Path directory = Files.createDirectory(root.resolve("classes"));
    List<String> copies = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      Path copy = directory.resolve(copies.size() + "-" + path.getFileName());
      boolean needed = path.getFileName().toString().matches(".*(sqlite|slf4j|jspecify|jackson).*");
      if (Files.isDirectory(path)) {
        copyTree(path, copy);
        copies.add(copy.toString());
      } else if (needed) {
        Files.copy(path, copy);
        copies.add(copy.toString());
      }
    }
    makeReadable(directory);
    return String.join(File.pathSeparator, copies);
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(
            file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private static void makeReadable(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.toList()) {
        Files.setPosixFilePermissions(
            file,
            PosixFilePermissions.fromString(Files.isDirectory(file) ? "rwxr-xr-x" : "rw-r--r--"));
      }
    }
  }
}
