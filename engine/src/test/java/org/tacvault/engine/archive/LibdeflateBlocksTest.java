package org.tacvault.engine.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LibdeflateBlocksTest extends BlockDeflaterContract {
  @BeforeAll
  static void isNeededInCi() {
    boolean loaded = Libdeflate.load().isPresent();
    assumeTrue(loaded || "true".equals(System.getenv("CI")), "libdeflate does not load here");
    assertThat(loaded).as("libdeflate loads").isTrue();
  }

  @Override
  BlockDeflater open(int level) {
    Optional<Libdeflate> library = Libdeflate.load();
    return new LibdeflateBlocks(library.orElseThrow(), level);
  }

  @Test
  void isTakenWhereItLoads() {
    try (BlockDeflater deflater = BlockDeflater.open(6)) {
      assertThat(deflater).isInstanceOf(LibdeflateBlocks.class);
      assertThat(Compression.GZIP.coder()).isEqualTo("libdeflate");
    }
  }
}
