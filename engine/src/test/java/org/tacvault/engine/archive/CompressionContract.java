package org.tacvault.engine.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** What every {@link Compression} does. */
abstract class CompressionContract {
  private static final int MIB = 1 << 20;

  @TempDir Path directory;

  abstract Compression compression();

  /** The stock command that tests a file of this format. */
  abstract String stockTool();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_000, MIB - 1, MIB, MIB + 1, 7 * MIB + 123})
  void decompressesToWhatWasWritten(int length) throws IOException {
    byte[] content = Samples.mixed(length, length);

    assertThat(decompress(compress(content, 6))).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1_000, 3 * MIB})
  void stockToolReadsIt(int length) throws IOException {
    byte[] content = Samples.mixed(length, 1);
    Path file = Files.write(directory.resolve("f" + compression().suffix()), compress(content, 6));

    StockTool.run(stockTool(), "-t", file.toString());
    StockTool.run(stockTool(), "-d", "-k", file.toString());

    assertThat(directory.resolve("f.tar")).hasBinaryContent(content);
  }

  @Test
  void everyLevelWorksAndHigherOnesAreNoLarger() throws IOException {
    byte[] content = Samples.mixed(2 * MIB, 3);
    int[] sizes = new int[10];
    for (int level = 1; level <= 9; level++) {
      byte[] compressed = compress(content, level);
      assertThat(decompress(compressed)).isEqualTo(content);
      sizes[level] = compressed.length;
    }

    assertThat(sizes[6]).isLessThan(sizes[1]);
    assertThat(sizes[9]).isLessThanOrEqualTo(sizes[6]);
  }

  @Test
  void refusesOtherLevels() {
    OutputStream out = OutputStream.nullOutputStream();

    assertThatIllegalArgumentException().isThrownBy(() -> compression().compress(out, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> compression().compress(out, 10));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, MIB, 3 * MIB, 20 * MIB})
  void closingWithoutFinishLeavesNothingWellFormed(int length) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (FinishableOutputStream stream = compression().compress(out, 1)) {
      stream.write(Samples.mixed(length, 1));
    }

    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(() -> decompress(out.toByteArray()))
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED));
    if (out.size() > 0) {
      Path file = Files.write(directory.resolve("f" + compression().suffix()), out.toByteArray());
      assertThat(StockTool.exitCode(stockTool(), "-t", file.toString())).isNotZero();
    }
  }

  @Test
  void leavesTheTargetOpen() throws IOException {
    boolean[] closed = {false};
    OutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    try (FinishableOutputStream stream = compression().compress(out, 1)) {
      stream.write(1);
      stream.finish();
    }

    assertThat(closed[0]).isFalse();
  }

  @Test
  void nothingCanFollowTheEnd() throws IOException {
    try (FinishableOutputStream stream =
        compression().compress(OutputStream.nullOutputStream(), 1)) {
      stream.finish();

      assertThatIOException().isThrownBy(() -> stream.write(1)).withMessageContaining("finished");
      assertThatIOException().isThrownBy(stream::finish).withMessageContaining("finished");
    }
  }

  @Test
  void aFailingTargetFailsTheWriteAndEveryFinishAfterIt() throws IOException {
    try (FinishableOutputStream stream = compression().compress(new FullDisk(MIB), 1)) {
      byte[] noise = new byte[MIB];
      assertThatIOException()
          .isThrownBy(
              () -> {
                for (int i = 0; i < 64; i++) {
                  new Random(i).nextBytes(noise);
                  stream.write(noise);
                }
                stream.finish();
              })
          .withMessageContaining("No space left");
      assertThatIOException().isThrownBy(stream::finish);
    }
  }

  @Test
  void noThreadOutlivesTheStream() throws IOException {
    try (FinishableOutputStream stream =
        compression().compress(OutputStream.nullOutputStream(), 1)) {
      stream.write(new byte[4 * MIB]);
      stream.finish();
    }

    // The pool says that it has ended when its threads are about to.
    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().equals("tacvault-gzip")));
  }

  @Test
  void streamsTwoHundredMebibytes() throws IOException {
    byte[] chunk = Samples.mixed(MIB, 9);
    Path file = directory.resolve("large");
    CRC32 written = new CRC32();
    try (OutputStream out = Files.newOutputStream(file);
        FinishableOutputStream stream = compression().compress(out, 1)) {
      for (int i = 0; i < 200; i++) {
        chunk[i] = (byte) i;
        written.update(chunk);
        stream.write(chunk);
      }
      stream.finish();
    }

    CRC32 read = new CRC32();
    try (InputStream in = Decompression.open(Files.newInputStream(file))) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        read.update(chunk, 0, n);
      }
    }
    assertThat(read.getValue()).isEqualTo(written.getValue());
  }

  @Test
  void readsWhatIsFollowedByAnotherPart() throws IOException {
    byte[] first = compress("one ".getBytes(UTF_8), 6);
    byte[] second = compress("two".getBytes(UTF_8), 6);

    assertThat(decompress(concat(first, second))).asString().isEqualTo("one two");
  }

  @Test
  void readsFromASourceThatNeverTellsWhatIsAvailable() throws IOException {
    byte[] content = Samples.mixed(3 * MIB, 4);
    InputStream trickle =
        new ByteArrayInputStream(compress(content, 6)) {
          @Override
          public synchronized int available() {
            return 0;
          }

          @Override
          public synchronized int read(byte[] bytes, int offset, int length) {
            return super.read(bytes, offset, Math.min(length, 1_000));
          }
        };

    try (InputStream in = Decompression.open(trickle)) {
      assertThat(in.readAllBytes()).isEqualTo(content);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 20, 70_000})
  void refusesTrailingData(int length) throws IOException {
    byte[] compressed = compress(Samples.mixed(1_000, 1), 6);
    byte[] garbage = new byte[length];

    assertRefused(concat(compressed, garbage));
    Arrays.fill(garbage, (byte) 'x');
    assertRefused(concat(compressed, garbage));
  }

  @Test
  void refusesTruncationAtEveryByte() throws IOException {
    byte[] compressed = compress(Samples.mixed(2_000, 1), 6);

    for (int length = 0; length < compressed.length; length++) {
      assertRefused(Arrays.copyOf(compressed, length));
    }
  }

  @Test
  void leavesTheSourceOpen() throws IOException {
    boolean[] closed = {false};
    InputStream source =
        new ByteArrayInputStream(compress(new byte[10], 6)) {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    Decompression.open(source).close();

    assertThat(closed[0]).isFalse();
  }

  byte[] compress(byte[] content, int level) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (FinishableOutputStream stream = compression().compress(out, level)) {
      stream.write(content);
      stream.finish();
    }
    return out.toByteArray();
  }

  static byte[] decompress(byte[] compressed) throws IOException {
    try (InputStream in = Decompression.open(new ByteArrayInputStream(compressed))) {
      return in.readAllBytes();
    }
  }

  static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  static void assertRefused(byte[] compressed) {
    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(() -> decompress(compressed))
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED))
        .satisfies(failure -> assertThat(failure.hint()).isPresent());
  }

  /** Takes so many bytes and no more. */
  static final class FullDisk extends OutputStream {
    private long room;

    FullDisk(long room) {
      this.room = room;
    }

    @Override
    public void write(int single) throws IOException {
      write(new byte[1], 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      room -= length;
      if (room < 0) {
        throw new IOException("No space left on device");
      }
    }
  }
}
