package org.tacvault.engine.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.io.Sha256;
import org.tacvault.engine.source.EntryType;
import org.tacvault.engine.source.Source;
import org.tacvault.engine.sqlite.DatabaseFacts;

/**
 * One copy.
 *
 * @param member its flat name in the archive
 * @param records rows of all tables together; databases only
 * @param tables rows per table; empty for files
 */
public record SnapshotFile(
    Path path,
    String member,
    long sizeBytes,
    String sha256,
    EntryType type,
    @Nullable Long records,
    Map<String, Long> tables) {

  /**
   * Checks and describes the copy of {@code source}; {@code VERIFICATION_FAILED} for a damaged
   * database.
   */
  static SnapshotFile checked(Source source, Path copy) {
    if (source.type() != EntryType.DATABASE) {
      return plain(source.member(), copy, source.type());
    }
    DatabaseFacts facts = DatabaseFacts.of(copy, DatabaseFacts.Check.QUICK);
    return of(source.member(), copy, EntryType.DATABASE, facts.records(), facts.tables());
  }

  /** Describes a file that has no tables. */
  public static SnapshotFile plain(String member, Path copy, EntryType type) {
    return of(member, copy, type, null, Map.of());
  }

  private static SnapshotFile of(
      String member, Path copy, EntryType type, @Nullable Long records, Map<String, Long> tables) {
    try {
      return new SnapshotFile(
          copy, member, Files.size(copy), Sha256.hex(copy), type, records, tables);
    } catch (IOException e) {
      throw IoFailures.of("describe copy", copy, e);
    }
  }
}
