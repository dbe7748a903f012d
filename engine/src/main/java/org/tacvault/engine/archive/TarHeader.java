package org.tacvault.engine.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.tacvault.engine.error.Printable;

/**
 * One 512-byte header block of a POSIX (ustar, pax) or GNU tar: POSIX.1-2017, pax, "ustar
 * Interchange Format".
 *
 * @param name as it stands there, prefix included
 * @param type the type flag; {@code 0} also for the old NUL
 * @param size of the data that follows
 */
record TarHeader(String name, char type, long size) {
  static final int BLOCK_BYTES = 512;
  static final char REGULAR = '0';
  static final char DIRECTORY = '5';
  static final char PAX = 'x';

  private static final int NAME_BYTES = 100;
  private static final int SIZE_AT = 124;
  private static final int CHECKSUM_AT = 148;
  private static final int CHECKSUM_BYTES = 8;
  private static final int TYPE_AT = 156;
  private static final int MAGIC_AT = 257;
  private static final int PREFIX_AT = 345;
  private static final int PREFIX_BYTES = 155;

  static TarHeader parse(byte[] block) {
    String magic = new String(block, MAGIC_AT, 6, ISO_8859_1);
    boolean posix = magic.equals("ustar\0");
    if (!posix && !magic.equals("ustar ")) {
      throw ArchiveDamage.of("a member has no valid tar header");
    }
    String name = text(block, 0, NAME_BYTES);
    String prefix = posix ? text(block, PREFIX_AT, PREFIX_BYTES) : "";
    String whole = prefix.isEmpty() ? name : prefix + "/" + name;
    if (number(block, CHECKSUM_AT, CHECKSUM_BYTES, whole) != checksum(block)) {
      throw ArchiveDamage.in(Printable.of(whole), "the checksum of its tar header is wrong");
    }
    char type = (char) (block[TYPE_AT] & 0xff);
    return new TarHeader(whole, type == 0 ? REGULAR : type, number(block, SIZE_AT, 12, whole));
  }

  /** The sum of all bytes, the checksum's own taken as spaces. */
  private static long checksum(byte[] block) {
    long sum = (long) ' ' * CHECKSUM_BYTES;
    for (int i = 0; i < BLOCK_BYTES; i++) {
      boolean own = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM_BYTES;
      sum += own ? 0 : block[i] & 0xff;
    }
    return sum;
  }

  private static String text(byte[] block, int offset, int length) {
    int end = offset;
    while (end < offset + length && block[end] != 0) {
      end++;
    }
    return new String(block, offset, end - offset, ISO_8859_1);
  }

  /** Octal digits, or with the highest bit set a binary number (GNU, for 8 GiB and more). */
  private static long number(byte[] block, int offset, int length, String name) {
    if ((block[offset] & 0x80) != 0) {
      return binary(block, offset, length, name);
    }
    String digits = text(block, offset, length).strip();
    if (!digits.matches("[0-7]{1,12}")) {
      throw ArchiveDamage.in(Printable.of(name), "its tar header holds no valid number");
    }
    return Long.parseLong(digits, 8);
  }

  private static long binary(byte[] block, int offset, int length, String name) {
    long value = 0;
    for (int i = offset; i < offset + length; i++) {
      int digit = i == offset ? block[i] & 0x7f : block[i] & 0xff;
      if (value > Long.MAX_VALUE >> 8) {
        throw ArchiveDamage.in(Printable.of(name), "its tar header holds a number out of range");
      }
      value = value << 8 | digit;
    }
    return value;
  }
}
