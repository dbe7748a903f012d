package org.tacvault.engine.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.tacvault.engine.error.Printable;

/**
 * Reads the headers and data of a tar, one member after the other, knowing no more of the format
 * than an archive of ours or of the Python server needs: plain files and directories, pax headers.
 * Everything else is refused. Its memory does not depend on the input, which general readers cannot
 * say of long names and pax headers.
 */
final class TarInput {
  private static final int MAX_PADDING_BYTES = 1 << 20;

  private final InputStream in;
  private String name = "";
  private long remaining;
  private int padding;

  TarInput(InputStream in) {
    this.in = in;
  }

  /**
   * Skips what is left of the member before and reads the next header; empty at the end of the
   * archive, after which the input has been read to its end.
   */
  Optional<TarHeader> next() throws IOException {
    skipRest();
    byte[] block = block();
    if (isZero(block, block.length)) {
      requireEnd();
      return Optional.empty();
    }
    TarHeader header = TarHeader.parse(block);
    if (header.type() == TarHeader.PAX) {
      PaxRecords records = paxRecords(header);
      header = records.applyTo(TarHeader.parse(block()));
    }
    requirePlain(header);
    start(header);
    return Optional.of(header);
  }

  /** Data of the present member; -1 at its end. */
  int read(byte[] buffer) throws IOException {
    if (remaining == 0) {
      return -1;
    }
    int read = in.read(buffer, 0, (int) Math.min(buffer.length, remaining));
    if (read < 0) {
      throw ArchiveDamage.in(
          name, "it is truncated: the data ends " + remaining + " bytes before the member does");
    }
    remaining -= read;
    return read;
  }

  private void start(TarHeader header) {
    name = Printable.of(header.name());
    remaining = header.size();
    padding = (int) (-header.size() & TarHeader.BLOCK_BYTES - 1);
  }

  private void skipRest() throws IOException {
    byte[] buffer = new byte[1 << 16];
    while (remaining > 0) {
      read(buffer);
    }
    readFully(new byte[padding]);
    padding = 0;
  }

  private PaxRecords paxRecords(TarHeader header) throws IOException {
    if (header.size() > PaxRecords.MAX_BYTES) {
      throw ArchiveDamage.of("a pax header is too long: " + header.size() + " bytes");
    }
    start(header);
    byte[] content = new byte[(int) header.size()];
    readFully(content);
    remaining = 0;
    skipRest();
    return PaxRecords.parse(content);
  }

  private void requireEnd() throws IOException {
    if (!isZero(block(), TarHeader.BLOCK_BYTES)) {
      throw ArchiveDamage.of("data follows the end of the tar");
    }
    byte[] buffer = new byte[1 << 13];
    long total = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      total += read;
      if (total > MAX_PADDING_BYTES || !isZero(buffer, read)) {
        throw ArchiveDamage.of("data follows the end of the tar");
      }
    }
  }

  private byte[] block() throws IOException {
    byte[] block = new byte[TarHeader.BLOCK_BYTES];
    readFully(block);
    return block;
  }

  private void readFully(byte[] bytes) throws IOException {
    if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
      throw ArchiveDamage.truncated();
    }
  }

  private static void requirePlain(TarHeader header) {
    if (header.type() != TarHeader.REGULAR && header.type() != TarHeader.DIRECTORY) {
      throw ArchiveDamage.in(
          Printable.of(header.name()),
          "it is " + kind(header.type()) + ", only plain files may be in an archive");
    }
  }

  private static String kind(char type) {
    return switch (type) {
      case '1' -> "a hard link";
      case '2' -> "a symbolic link";
      case '3' -> "a character device";
      case '4' -> "a block device";
      case '6' -> "a named pipe";
      case 'S' -> "a sparse file";
      case 'L', 'K' -> "a GNU long name";
      case 'x', 'g' -> "a pax header";
      default -> "of the unknown type " + Printable.of("'" + type + "'");
    };
  }

  private static boolean isZero(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
