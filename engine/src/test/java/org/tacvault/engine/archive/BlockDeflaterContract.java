package org.tacvault.engine.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link BlockDeflater} does. */
abstract class BlockDeflaterContract {
  abstract BlockDeflater open(int level);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 65_536, 1 << 20})
  void deflatesWhatAnInflaterReadsBack(int length) throws Exception {
    byte[] content = Samples.mixed(length, length);

    assertThat(inflate(deflate(content, 6))).isEqualTo(content);
  }

  @Test
  void noiseFitsIntoTheBound() throws Exception {
    byte[] noise = new byte[1 << 20];
    new Random(1).nextBytes(noise);

    for (int level = 1; level <= 9; level++) {
      assertThat(inflate(deflate(noise, level))).isEqualTo(noise);
    }
  }

  @Test
  void higherLevelsTakeLessRoom() {
    byte[] content = Samples.mixed(1 << 20, 7);

    int[] sizes = {
      deflate(content, 1).length, deflate(content, 6).length, deflate(content, 9).length
    };

    assertThat(sizes[1]).isLessThan(sizes[0]);
    assertThat(sizes[2]).isLessThanOrEqualTo(sizes[1]);
  }

  @Test
  void oneDeflaterDoesManyBlocks() throws Exception {
    try (BlockDeflater deflater = open(3)) {
      for (int i = 1; i < 20; i++) {
        byte[] content = Samples.mixed(i * 1_000, i);
        assertThat(inflate(deflate(deflater, content, 0))).isEqualTo(content);
      }
    }
  }

  @Test
  void writesBehindWhatTheOutputAlreadyHolds() throws Exception {
    byte[] content = Samples.mixed(10_000, 5);
    try (BlockDeflater deflater = open(6)) {
      assertThat(inflate(deflate(deflater, content, 20))).isEqualTo(content);
    }
  }

  @Test
  void tooLittleRoomIsAnErrorAndNotAShortBlock() {
    byte[] noise = new byte[1_000];
    new Random(2).nextBytes(noise);
    try (BlockDeflater deflater = open(6)) {
      ByteBuffer input = direct(noise);
      assertThatThrownBy(() -> deflater.deflate(input, ByteBuffer.allocateDirect(100)))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  private byte[] deflate(byte[] content, int level) {
    try (BlockDeflater deflater = open(level)) {
      return deflate(deflater, content, 0);
    }
  }

  private static byte[] deflate(BlockDeflater deflater, byte[] content, int before) {
    ByteBuffer output = ByteBuffer.allocateDirect(before + deflater.bound(content.length));
    output.position(before);
    deflater.deflate(direct(content), output);
    byte[] deflated = new byte[output.position() - before];
    output.get(before, deflated);
    return deflated;
  }

  private static ByteBuffer direct(byte[] content) {
    return ByteBuffer.allocateDirect(content.length).put(content).flip();
  }

  private static byte[] inflate(byte[] deflated) throws Exception {
    Inflater inflater = new Inflater(true);
    inflater.setInput(deflated);
    byte[] inflated = new byte[(1 << 20) + 1];
    int length = inflater.inflate(inflated);
    assertThat(inflater.finished()).isTrue();
    assertThat(inflater.getRemaining()).isZero();
    inflater.end();
    return Arrays.copyOf(inflated, length);
  }
}
