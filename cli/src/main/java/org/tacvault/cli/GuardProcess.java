package org.tacvault.cli;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.secret.PassphraseSource;

/**
 * Another Java machine that watches a restore, in a session of its own: neither Ctrl-C nor the end
 * of the terminal reaches it. It needs no key, so it is given none. Closing it lets it go on alone.
 */
final class GuardProcess implements AutoCloseable {
  private static final int START_SECONDS = 30;

  /** {@code setsid} is not everywhere; ignoring the signals is nearly as good. */
  private static final String DETACHED =
      "trap '' HUP INT QUIT; command -v setsid >/dev/null && exec setsid \"$@\"; exec \"$@\"";

  private final Process process;

  private GuardProcess(Process process) {
    this.process = process;
  }

  /** Starts it and waits until it watches; empty when it does not come to that. */
  static Optional<GuardProcess> start(Home home, Map<String, String> environment) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command(home))
              .directory(home.root().getRoot().toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().clear();
      builder.environment().putAll(environment);
      builder.environment().remove(PassphraseSource.VARIABLE);
      Process process = builder.start();
      if (isReady(process)) {
        return Optional.of(new GuardProcess(process));
      }
      process.destroyForcibly();
      return Optional.empty();
    } catch (IOException e) {
      // Whoever asked goes on without it, and says so.
      return Optional.empty();
    }
  }

  private static boolean isReady(Process process) throws IOException {
    CompletableFuture<String> first =
        CompletableFuture.supplyAsync(() -> firstLine(process.inputReader(StandardCharsets.UTF_8)));
    try {
      return RestoreGuardCommand.READY.equals(first.get(START_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String firstLine(BufferedReader output) {
    try {
      return String.valueOf(output.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(Home home) {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", DETACHED, "tacvault"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    String classPath = classPath();
    boolean isJar = !classPath.contains(File.pathSeparator) && classPath.endsWith(".jar");
    command.addAll(
        isJar ? List.of("-jar", classPath) : List.of("-cp", classPath, Main.class.getName()));
    command.addAll(List.of(RestoreGuardCommand.NAME, "--home", home.root().toString()));
    command.addAll(List.of("--config", home.configFile().toString()));
    return command;
  }

  /** Absolute: the other process stands elsewhere, so as not to hold up an unmount. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      process.getInputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
