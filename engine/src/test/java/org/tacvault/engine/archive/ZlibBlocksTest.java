package org.tacvault.engine.archive;

class ZlibBlocksTest extends BlockDeflaterContract {
  @Override
  BlockDeflater open(int level) {
    return new ZlibBlocks(level);
  }
}
