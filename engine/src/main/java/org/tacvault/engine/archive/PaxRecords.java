package org.tacvault.engine.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tacvault.engine.error.Printable;

/**
 * The records of a pax extended header: {@code "<length> <key>=<value>\n"}, POSIX.1-2017, pax, "pax
 * Extended Header". Only name and size matter to us; what would make the member anything but a
 * plain file is refused.
 */
final class PaxRecords {
  static final int MAX_BYTES = 1 << 16;

  private final Map<String, String> records;

  private PaxRecords(Map<String, String> records) {
    this.records = records;
  }

  static PaxRecords none() {
    return new PaxRecords(Map.of());
  }

  static PaxRecords parse(byte[] content) {
    Map<String, String> records = new HashMap<>();
    for (int at = 0; at < content.length; ) {
      int space = indexOf(content, ' ', at);
      int end = at + length(content, at, space);
      int equals = indexOf(content, '=', space);
      if (equals < 0 || end <= equals || end > content.length || content[end - 1] != '\n') {
        throw corrupt();
      }
      String key = new String(content, space + 1, equals - space - 1, UTF_8);
      String value = new String(content, equals + 1, end - equals - 2, UTF_8);
      requirePlain(key);
      if (records.put(key, value) != null) {
        throw corrupt();
      }
      at = end;
    }
    return new PaxRecords(records);
  }

  /** The header with name and size of these records, where they have them. */
  TarHeader applyTo(TarHeader header) {
    return new TarHeader(
        Optional.ofNullable(records.get("path")).orElse(header.name()),
        header.type(),
        Optional.ofNullable(records.get("size")).map(PaxRecords::size).orElse(header.size()));
  }

  private static void requirePlain(String key) {
    if (key.equals("linkpath") || key.startsWith("GNU.sparse.") || key.startsWith("SCHILY.real")) {
      throw ArchiveDamage.of(
          "a member is a link or a sparse file (" + Printable.of(key) + "), only files may be");
    }
  }

  private static long size(String digits) {
    if (!digits.matches("\\d{1,18}")) {
      throw corrupt();
    }
    return Long.parseLong(digits);
  }

  private static int length(byte[] content, int from, int space) {
    int digits = space - from;
    if (digits < 1 || digits > 5) {
      throw corrupt();
    }
    int length = 0;
    for (int i = from; i < space; i++) {
      if (content[i] < '0' || content[i] > '9') {
        throw corrupt();
      }
      length = length * 10 + content[i] - '0';
    }
    return length;
  }

  private static int indexOf(byte[] content, char wanted, int from) {
    for (int i = Math.max(0, from); i < content.length; i++) {
      if (content[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static RuntimeException corrupt() {
    return ArchiveDamage.of("a pax header is corrupt");
  }
}
