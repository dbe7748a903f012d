package org.tacvault.engine.destination.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A tmpfs of its own; the test is skipped where this process may not mount one. */
public record SmallFileSystem(Path path) implements AutoCloseable {
  public static SmallFileSystem mount(Path path, String options) throws Exception {
    Files.createDirectory(path);
    int exit = run("mount", "-t", "tmpfs", "-o", options, "tmpfs", path.toString());
    assumeTrue(exit == 0, "this process may not mount a tmpfs");
    return new SmallFileSystem(path);
  }

  @Override
  public void close() throws Exception {
    assertThat(run("umount", path.toString())).isZero();
  }

  private static int run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1;
    }
  }
}
