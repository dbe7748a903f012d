package org.tacvault.engine.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs the tools that administrators have; absent ones skip a test here and fail it in CI. */
public final class StockTool {
  private StockTool() {}

  /** Output of a command that must succeed. */
  public static String run(String... command) {
    Result result = start(command);
    assertThat(result.exitCode()).as("%s: %s", List.of(command), result.output()).isZero();
    return result.output();
  }

  /** Exit code of a command that must be there. */
  static int exitCode(String... command) {
    return start(command).exitCode();
  }

  /** For tools that not even CI must have. */
  static String runIfPresent(String... command) {
    assumeTrue(isPresent(command[0]), command[0] + " is not installed");
    return run(command);
  }

  private static Result start(String... command) {
    assumeTrue(
        isPresent(command[0]) || "true".equals(System.getenv("CI")),
        command[0] + " is not installed");
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isPresent(String tool) {
    try {
      Process process =
          new ProcessBuilder("sh", "-c", "command -v \"$0\"", tool)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Result(int exitCode, String output) {}
}
