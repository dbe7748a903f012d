package org.tacvault.engine.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;
import org.junit.jupiter.api.Test;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

class GzipCompressionTest extends CompressionContract {
  private static final int MIB = 1 << 20;

  @Override
  Compression compression() {
    return Compression.GZIP;
  }

  @Override
  String stockTool() {
    return "gzip";
  }

  @Test
  void eachMemberTellsItsLength() throws IOException {
    byte[] compressed = compress(Samples.mixed(3 * MIB + 5, 1), 6);
    ByteBuffer buffer = ByteBuffer.wrap(compressed).order(ByteOrder.LITTLE_ENDIAN);
    List<byte[]> members = new ArrayList<>();
    for (int at = 0; at < compressed.length; at += buffer.getInt(at + 16)) {
      byte[] member = new byte[buffer.getInt(at + 16)];
      buffer.get(at, member);
      members.add(decompress(member));
    }

    assertThat(members).extracting(member -> member.length).containsExactly(MIB, MIB, MIB, 5);
  }

  @Test
  void pigzReadsIt() throws IOException {
    Path file = Files.write(directory.resolve("f.gz"), compress(Samples.mixed(3 * MIB, 1), 6));

    StockTool.runIfPresent("pigz", "-t", file.toString());
  }

  @Test
  void memoryStaysWithinTheBlocksAllowed() throws IOException {
    try (ParallelGzipStream stream =
        new ParallelGzipStream(OutputStream.nullOutputStream(), 2, () -> BlockDeflater.open(1))) {
      byte[] chunk = Samples.mixed(MIB, 1);
      for (int i = 0; i < 200; i++) {
        stream.write(chunk);
        assertThat(stream.blockCount()).isLessThanOrEqualTo(4);
      }
      stream.finish();
      assertThat(stream.blockCount()).isEqualTo(4);
    }
  }

  @Test
  void closesEveryDeflaterThatItOpened() throws IOException {
    List<FailingDeflater> opened = new ArrayList<>();
    try (ParallelGzipStream stream =
        new ParallelGzipStream(
            OutputStream.nullOutputStream(),
            2,
            () -> {
              opened.add(new FailingDeflater(Integer.MAX_VALUE));
              return opened.get(opened.size() - 1);
            })) {
      stream.write(new byte[10 * MIB]);
    }

    assertThat(opened).hasSize(4).allMatch(deflater -> deflater.closed);
  }

  @Test
  void anErrorInAWorkerFailsTheStream() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ParallelGzipStream stream = new ParallelGzipStream(out, 1, () -> new FailingDeflater(2))) {
      assertThatIOException()
          .isThrownBy(
              () -> {
                stream.write(new byte[20 * MIB]);
                stream.finish();
              })
          .withMessageContaining("out of order");
      assertThatIOException().isThrownBy(stream::finish).withMessageContaining("earlier");
    }
    assertRefused(out.toByteArray());
  }

  @Test
  void anInterruptStopsIt() {
    try (ParallelGzipStream stream =
        new ParallelGzipStream(OutputStream.nullOutputStream(), 2, () -> BlockDeflater.open(1))) {
      Thread.currentThread().interrupt();

      assertThatExceptionOfType(EngineException.class)
          .isThrownBy(() -> stream.write(new byte[20 * MIB]))
          .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.INTERRUPTED));
    }
    assertThat(Thread.interrupted()).as("interrupt is kept").isTrue();
  }

  @Test
  void readsHeadersWithNameCommentAndChecksum() throws IOException {
    GzipParameters parameters = new GzipParameters();
    parameters.setFileName("backup.tar");
    parameters.setComment("made elsewhere");
    parameters.setHeaderCRC(true);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GzipCompressorOutputStream(out, parameters)) {
      gzip.write(new byte[100]);
    }

    assertThat(decompress(out.toByteArray())).isEqualTo(new byte[100]);
  }

  @Test
  void refusesHeadersWithoutEnd() {
    byte[] header = "\u001f\u008b\u0008\u0008......".getBytes(ISO_8859_1);

    assertRefused(concat(header, "n".repeat(MIB).getBytes(US_ASCII)));
  }

  @Test
  void refusesUnknownFlags() throws IOException {
    byte[] compressed = compress(new byte[100], 6);
    compressed[3] |= (byte) 0x80;

    assertRefused(compressed);
  }

  @Test
  void tellsWhenTheArchiveIsStillEncrypted() {
    for (String start : List.of("TCBK\u0001....", "age-encryption.org/v1\n")) {
      assertThatExceptionOfType(EngineException.class)
          .isThrownBy(() -> decompress(start.getBytes(US_ASCII)))
          .withMessageContaining("still encrypted")
          .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.WRONG_KEY))
          .satisfies(failure -> assertThat(failure.hint()).isPresent());
    }
  }

  @Test
  void tellsWhenItIsNoArchiveAtAll() {
    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(() -> decompress("SQLite format 3\0 and so on".getBytes(US_ASCII)))
        .withMessageContaining("neither gzip nor zstd");
    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(() -> decompress(new byte[0]))
        .withMessageContaining("empty");
  }

  @Test
  void failuresOfTheSourceStayWhatTheyAre() {
    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(
            () ->
                Decompression.open(
                    new ByteArrayInputStream(new byte[0]) {
                      @Override
                      public synchronized int read(byte[] bytes, int offset, int length) {
                        throw new EngineException(
                            ErrorKind.UNREACHABLE, "download", "archive", "connection lost");
                      }
                    }))
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.UNREACHABLE));
  }

  /** zlib that breaks after some blocks. */
  private static final class FailingDeflater implements BlockDeflater {
    private final ZlibBlocks zlib = new ZlibBlocks(1);
    private int blocksLeft;
    private boolean closed;

    FailingDeflater(int blocks) {
      this.blocksLeft = blocks;
    }

    @Override
    public int bound(int length) {
      return zlib.bound(length);
    }

    @Override
    public void deflate(ByteBuffer input, ByteBuffer output) {
      if (blocksLeft-- == 0) {
        throw new IllegalStateException("out of order");
      }
      zlib.deflate(input, output);
    }

    @Override
    public void close() {
      closed = true;
      zlib.close();
    }
  }
}
