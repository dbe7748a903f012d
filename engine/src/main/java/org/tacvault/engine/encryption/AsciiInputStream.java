package org.tacvault.engine.encryption;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Refuses bytes beyond ASCII: the library's armour reader would take FF for the end of the file.
 */
final class AsciiInputStream extends FilterInputStream {
  AsciiInputStream(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    int single = in.read();
    require(single < 0x80);
    return single;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = in.read(bytes, offset, length);
    for (int index = offset; index < offset + count; index++) {
      require(bytes[index] >= 0);
    }
    return count;
  }

  private static void require(boolean ascii) throws MalformedArchiveException {
    if (!ascii) {
      throw new MalformedArchiveException("its armour holds a byte that is not ASCII");
    }
  }
}
