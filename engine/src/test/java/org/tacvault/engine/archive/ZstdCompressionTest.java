package org.tacvault.engine.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ZstdCompressionTest extends CompressionContract {
  @Override
  Compression compression() {
    return Compression.ZSTD;
  }

  @Override
  String stockTool() {
    return "zstd";
  }

  @Test
  void carriesAChecksumOfTheContent() throws IOException {
    byte[] compressed = compress(Samples.mixed(1_000, 1), 6);

    // RFC 8878, 3.1.1.1.1: bit 2 of the frame header descriptor.
    assertThat(compressed[4] & 4).isEqualTo(4);
    compressed[compressed.length - 1] ^= 1;
    assertRefused(compressed);
  }
}
