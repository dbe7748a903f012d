package org.tacvault.engine.config;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds programs as a shell does, but never in a relative directory of {@code PATH}. */
public final class ProgramPath {
  private static final String USUAL =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private ProgramPath() {}

  /** Whether {@code program} is an absolute path or a name without directories. */
  static boolean isAllowed(String program) {
    return program.startsWith("/") || !program.isEmpty() && !program.contains("/");
  }

  /** The executable file; empty when there is none that this process may execute. */
  public static Optional<Path> find(String program, Environment environment) {
    return candidates(program, environment)
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  private static Stream<Path> candidates(String program, Environment environment) {
    return program.startsWith("/")
        ? path(program).stream()
        : Stream.of(environment.nonEmpty("PATH").orElse(USUAL).split(File.pathSeparator))
            .filter(directory -> directory.startsWith("/"))
            .flatMap(directory -> path(directory + "/" + program).stream());
  }

  private static Optional<Path> path(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
