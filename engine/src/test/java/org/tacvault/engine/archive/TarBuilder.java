package org.tacvault.engine.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;

/** Builds tars byte by byte, also those that no tool would write. */
public final class TarBuilder {
  private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

  public TarBuilder file(String name, byte[] content) {
    return member(name, '0', content);
  }

  public TarBuilder member(String name, char type, byte[] content) {
    return header(name, type, content.length, "").data(content);
  }

  /** Any header; {@code link} is the target of links. */
  public TarBuilder header(String name, char type, long size, String link) {
    return block(header(name, type, octal(size, 11), link));
  }

  /** One 512-byte header, its checksum right. */
  static byte[] header(String name, char type, byte[] size, String link) {
    byte[] header = new byte[512];
    put(header, 0, name.getBytes(ISO_8859_1));
    put(header, 100, "0000600\0".getBytes(US_ASCII));
    put(header, 124, size);
    put(header, 136, octal(1_795_395_734L, 11));
    header[156] = (byte) type;
    put(header, 157, link.getBytes(ISO_8859_1));
    put(header, 257, "ustar\00000".getBytes(US_ASCII));
    return sign(header);
  }

  /** Makes the checksum right. */
  static byte[] sign(byte[] header) {
    put(header, 148, "        ".getBytes(US_ASCII));
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum).getBytes(US_ASCII));
    return header;
  }

  public TarBuilder pax(String... records) {
    return pax('x', records);
  }

  /** A pax header of one member ({@code x}) or of all that follow ({@code g}). */
  public TarBuilder pax(char type, String... records) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (String record : records) {
      byte[] text = record.getBytes(UTF_8);
      int length = text.length + 2 + String.valueOf(text.length + 3).length();
      content.writeBytes((length + " ").getBytes(US_ASCII));
      content.writeBytes(text);
      content.write('\n');
    }
    return member("./PaxHeaders/x", type, content.toByteArray());
  }

  public TarBuilder data(byte[] content) {
    tar.writeBytes(content);
    tar.writeBytes(new byte[-content.length & 511]);
    return this;
  }

  public TarBuilder block(byte[] bytes) {
    tar.writeBytes(bytes);
    return this;
  }

  /** Without the two zero blocks that end a tar. */
  byte[] gzipUnfinished() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      tar.writeTo(gzip);
    }
    return out.toByteArray();
  }

  /** The tar as it is, without an end. */
  byte[] bytes() {
    return tar.toByteArray();
  }

  public byte[] gzip() throws IOException {
    tar.writeBytes(new byte[1024]);
    return gzipUnfinished();
  }

  static byte[] octal(long value, int digits) {
    return ("%0" + digits + "o\0").formatted(value).getBytes(US_ASCII);
  }

  private static void put(byte[] header, int offset, byte[] bytes) {
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }
}
