package org.tacvault.engine.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tacvault.engine.archive.ExtractedArchive;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.Interruption;
import org.tacvault.engine.manifest.ManifestEntry;
import org.tacvault.engine.source.EntryType;
import org.tacvault.engine.source.Members;
import org.tacvault.engine.sqlite.DatabaseFacts;

/** Checks the databases of an unpacked archive against its manifest. */
final class DatabaseChecks {
  private static final String OPERATION = "verify archive";

  private DatabaseChecks() {}

  /**
   * Integrity and record counts of every database; {@code VERIFICATION_FAILED} names all that are
   * wrong.
   */
  static Map<String, DatabaseFacts> run(ExtractedArchive archive) {
    Map<String, DatabaseFacts> facts = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (ManifestEntry entry : archive.manifest().contents()) {
      Interruption.check(OPERATION, entry.file());
      if (entry.type() == EntryType.DATABASE) {
        check(archive, entry, facts, problems);
      }
    }
    if (!problems.isEmpty()) {
      throw new EngineException(
              ErrorKind.VERIFICATION_FAILED, OPERATION, "databases", String.join("; ", problems))
          .withHint("this archive cannot be trusted; use another one: tacvault list");
    }
    return facts;
  }

  /** Members that are databases by name but were saved as raw bytes. */
  static List<String> raw(ExtractedArchive archive) {
    return archive.manifest().contents().stream()
        .filter(entry -> entry.type() != EntryType.DATABASE)
        .map(ManifestEntry::file)
        .filter(Members.DATABASES::contains)
        .toList();
  }

  private static void check(
      ExtractedArchive archive,
      ManifestEntry entry,
      Map<String, DatabaseFacts> facts,
      List<String> problems) {
    try {
      DatabaseFacts found = DatabaseFacts.of(archive.file(entry.file()), DatabaseFacts.Check.FULL);
      facts.put(entry.file(), found);
      compare(entry, found, problems);
    } catch (EngineException e) {
      if (e.kind() != ErrorKind.VERIFICATION_FAILED) {
        throw e;
      }
      problems.add(entry.file() + ": " + e.reason());
    }
  }

  private static void compare(ManifestEntry entry, DatabaseFacts found, List<String> problems) {
    Long records = entry.records();
    if (records != null && records != found.records()) {
      problems.add(
          "%s: it holds %d records, the manifest says %d"
              .formatted(entry.file(), found.records(), records));
    }
    if (!entry.tables().isEmpty() && !entry.tables().equals(found.tables())) {
      problems.add(entry.file() + ": its tables are not those of the manifest");
    }
  }
}
