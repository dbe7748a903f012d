package org.tacvault.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What a child process answered. */
record ChildRun(int exitCode, String out, String err) {
  private static final int PATIENCE_SECONDS = 120;

  static ChildRun of(String... command) throws IOException, InterruptedException {
    return of(new ProcessBuilder(command));
  }

  static ChildRun of(ProcessBuilder builder) throws IOException, InterruptedException {
    return of(builder.start());
  }

  /** Waits for {@code process} and reads what it still has to say. */
  static ChildRun of(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    CompletableFuture<String> out = text(process.getInputStream());
    CompletableFuture<String> err = text(process.getErrorStream());
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running after " + PATIENCE_SECONDS + " seconds");
    }
    return new ChildRun(process.exitValue(), out.join(), err.join());
  }

  /** {@code java options… Main args…} with the class path of this test. */
  static ProcessBuilder java(List<String> options, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command);
  }

  private static CompletableFuture<String> text(InputStream in) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
