package org.tacvault.engine.destination.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.tacvault.engine.destination.TestContent;
import org.tacvault.engine.error.EngineException;

/** A second Java process that does one thing and then waits to be killed. */
final class OtherProcess {
  private OtherProcess() {}

  /** Holds a lock on {@code file} when this returns. */
  static Process lock(Path file) throws IOException {
    return start("lock", file.toString());
  }

  /** Is in the middle of storing an archive when this returns. */
  static Process writeForever(Path base, String relativePath) throws IOException {
    return start("write", base.toString(), relativePath);
  }

  /**
   * Lists {@code base} in a process that may not pass over file modes, as root otherwise may.
   * Returns the kind of the failure or how many archives there were.
   */
  static String listWithoutPrivileges(Path base) throws Exception {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv is not installed");
      command.addAll(List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search"));
    }
    command.addAll(java("list", base.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String answer = process.inputReader().readLine();
    assertThat(process.waitFor()).isZero();
    return answer;
  }

  /** Sweeps {@code base} two days from now. Returns how many files it removed. */
  static String sweepLater(Path base) throws IOException {
    Process process =
        new ProcessBuilder(java("sweep", base.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return process.inputReader().readLine();
  }

  private static Process start(String... arguments) throws IOException {
    Process process =
        new ProcessBuilder(java(arguments)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    assertThat(process.inputReader().readLine()).isEqualTo("ready");
    return process;
  }

  private static List<String> java(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(OtherProcess.class.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  public static void main(String[] arguments) throws Exception {
    Path path = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "lock" -> lockForEver(path);
      case "sweep" -> sweep(path);
      case "write" -> storeForEver(path, arguments[2]);
      default -> list(path);
    }
  }

  private static void lockForEver(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.lock();
      readyForEver();
    }
  }

  private static void storeForEver(Path base, String relativePath) {
    try (LocalDestination destination = new LocalSettings(base, null).open()) {
      destination.put(
          relativePath,
          TestContent.of(
              1 << 20,
              out -> {
                out.write(new byte[1 << 19]);
                readyForEver();
              }));
    }
  }

  private static void sweep(Path base) {
    try (LocalDestination destination = new LocalSettings(base, null).open()) {
      System.out.println(destination.sweep(Instant.now().plus(Duration.ofDays(2))) + " swept");
    }
  }

  private static void list(Path base) {
    try (LocalDestination destination = new LocalSettings(base, null).open()) {
      System.out.println(destination.list().size() + " archives");
    } catch (EngineException e) {
      System.out.println(e.kind());
    }
  }

  private static void readyForEver() throws IOException {
    System.out.println("ready");
    // Ends with the test, should that fail to kill it.
    if (System.in.read() < 0) {
      Runtime.getRuntime().halt(1);
    }
  }
}
