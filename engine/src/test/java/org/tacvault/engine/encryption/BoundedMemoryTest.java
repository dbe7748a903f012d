package org.tacvault.engine.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives of several times the heap, in a Java of their own with 32 MiB of it. */
class BoundedMemoryTest {
  private static final int MEBIBYTES = 128;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"tcbk", "age-scrypt", "age-X25519"})
  void writesAndReadsFarMoreThanTheHeap(String format) throws Exception {
    String output = smallJava(format);
    assertThat(output).contains("read " + (long) MEBIBYTES * (1 << 20) + " bytes");
  }

  @Test
  void theDefaultWorkFactorIsRefusedClearlyByATinyHeap() throws Exception {
    assertThat(smallJava("default-factor"))
        .contains("work factor 16 takes 64 MiB", "heap of at least 128 MiB");
  }

  private String smallJava(String format) throws Exception {
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                SmallHeap.class.getName(),
                format,
                directory.resolve("archive").toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ends in time").isTrue();
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(output);
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }

  /** What the child process runs. */
  static final class SmallHeap {
    private SmallHeap() {}

    public static void main(String[] arguments) throws IOException {
      Path file = Path.of(arguments[1]);
      Identity identity = Identity.generate();
      switch (arguments[0]) {
        case "tcbk" -> tcbk(file);
        case "age-scrypt" -> age(file, Samples.passphrase(Samples.PASSPHRASE));
        case "age-X25519" -> age(file, Encryption.recipients(List.of(identity.recipient())));
        case "default-factor" -> defaultFactor(file);
        default -> throw new IllegalArgumentException(arguments[0]);
      }
      if (!arguments[0].equals("default-factor")) {
        Keys keys = new Keys(Optional.of(Samples.PASSPHRASE), List.of(identity));
        try (InputStream in = Decryption.open(file, keys)) {
          System.out.println("read " + in.transferTo(OutputStream.nullOutputStream()) + " bytes");
        }
      }
    }

    private static void tcbk(Path file) throws IOException {
      try (OutputStream out = Files.newOutputStream(file)) {
        TcbkWriter.write(out, Samples.PASSPHRASE, SmallHeap::fill);
      }
    }

    private static void age(Path file, Encryption encryption) throws IOException {
      try (OutputStream out = Files.newOutputStream(file);
          EncryptingStream stream = encryption.encrypt(out)) {
        fill(stream);
        stream.finish();
      }
    }

    private static void defaultFactor(Path file) throws IOException {
      Encryption encryption =
          Encryption.passphrase(Samples.PASSPHRASE, Encryption.DEFAULT_WORK_FACTOR);
      System.out.println(
          Samples.failureOf(() -> age(file, encryption)).toString()
              + Samples.failureOf(() -> age(file, encryption)).hint());
    }

    private static void fill(OutputStream out) throws IOException {
      byte[] block = Samples.content(1 << 20);
      for (int count = 0; count < MEBIBYTES; count++) {
        out.write(block);
      }
    }
  }
}
