package org.tacvault.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLibraryTest {
  @TempDir Path temp;

  @Test
  void loadingForgetsNoInterruption() throws Exception {
    // The driver asks uname what system this is; a slow one makes it wait for sure.
    Path uname = Files.writeString(temp.resolve("uname"), "#!/bin/sh\nsleep 1\necho GNU/Linux\n");
    assertThat(uname.toFile().setExecutable(true)).isTrue();
    ProcessBuilder loading =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            InterruptedLoading.class.getName());
    loading
        .environment()
        .merge("PATH", temp.toString(), (path, own) -> own + File.pathSeparator + path);
    Process process = loading.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said).isEqualTo("interrupted: true\n");
    assertThat(process.waitFor()).isZero();
  }

  /** A fresh process: the library is loaded only once. */
  static final class InterruptedLoading {
    private InterruptedLoading() {}

    public static void main(String[] arguments) {
      Thread.currentThread().interrupt();
      SqliteLibrary.load();
      System.out.println("interrupted: " + Thread.currentThread().isInterrupted());
    }
  }
}
