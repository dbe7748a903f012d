package org.tacvault.engine.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.tacvault.engine.archive.ArchiveName;
import org.tacvault.engine.destination.StoredArchive;

/** Stored archives for tests. */
final class Archives {
  private Archives() {}

  static StoredArchive archive(String instance, String type, Instant takenAt) {
    String path = "/b/" + new ArchiveName(instance, takenAt, type, 1, ".tar.gz").relativePath();
    return StoredArchive.at(path, 1_000, takenAt.plusSeconds(5));
  }

  static StoredArchive foreign(String filename, Instant modified) {
    return StoredArchive.at("/b/" + filename, 1_000, modified);
  }

  /** One a day at 03:00 UTC, the newest on {@code last}, newest first. */
  static List<StoredArchive> daily(LocalDate last, int days) {
    List<StoredArchive> archives = new ArrayList<>();
    Instant newest = last.atTime(3, 0).toInstant(ZoneOffset.UTC);
    for (int i = 0; i < days; i++) {
      archives.add(archive("fra1", "scheduled", newest.minus(Duration.ofDays(i))));
    }
    return archives;
  }
}
