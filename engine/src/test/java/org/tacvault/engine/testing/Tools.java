package org.tacvault.engine.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** How to start other programs that use SQLite; absent ones skip a test here and fail it in CI. */
final class Tools {
  private Tools() {}

  /** {@code jvm} starts {@code main}, {@code python3} the resource {@code script}. */
  static List<String> command(String tool, Class<?> main, String script) {
    if (tool.equals("jvm")) {
      return List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-Xmx64m",
          "-XX:TieredStopAtLevel=1",
          "--enable-native-access=ALL-UNNAMED",
          "-cp",
          System.getProperty("java.class.path"),
          main.getName());
    }
    require(tool);
    return List.of(tool, resource(script));
  }

  static void require(String tool) {
    assumeTrue(isPresent(tool) || "true".equals(System.getenv("CI")), tool + " is not installed");
  }

  private static String resource(String name) {
    try {
      return Path.of(Objects.requireNonNull(Tools.class.getResource(name)).toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isPresent(String tool) {
    try {
      return new ProcessBuilder("sh", "-c", "command -v \"$0\"", tool)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
