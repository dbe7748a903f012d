package org.tacvault.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.archive.ArchiveName;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.destination.StoredArchive;
import org.tacvault.engine.error.EngineException;

/** What several destinations hold, and which of them could not be listed. */
final class Listing {
  /** One stored backup. */
  record Row(
      String destination,
      @Nullable String instance,
      @Nullable String type,
      Instant takenAt,
      long sizeBytes,
      boolean encrypted,
      String path,
      String filename) {}

  private record Found(String destination, StoredArchive archive) {
    Row row() {
      Optional<ArchiveName> name = archive.name();
      return new Row(
          destination,
          archive.instanceName().orElse(null),
          name.map(ArchiveName::type).orElse(null),
          archive.takenAt(),
          archive.sizeBytes(),
          // An archive that somebody renamed tells it by its ending alone.
          archive.filename().endsWith(".age") || archive.filename().endsWith(".enc"),
          archive.path(),
          archive.filename());
    }
  }

  private final List<Found> found = new ArrayList<>();
  private final List<Unlisted> failures = new ArrayList<>();

  /** A destination that could not be listed. */
  record Unlisted(String destination, EngineException failure) {}

  /** Lists one destination; a failure is kept, so that the others are still shown. */
  void add(String label, Supplier<Destination> destination) {
    try (Destination source = destination.get()) {
      source.list().forEach(archive -> found.add(new Found(label, archive)));
    } catch (EngineException e) {
      failures.add(new Unlisted(label, e));
    }
  }

  /**
   * Newest first.
   *
   * @param instance whose; null means everybody's
   */
  List<Row> rows(@Nullable String instance) {
    return found.stream()
        .filter(
            each -> instance == null || each.archive().instanceName().equals(Optional.of(instance)))
        .sorted(Comparator.comparing(Found::archive, StoredArchive.NEWEST_FIRST))
        .map(Found::row)
        .toList();
  }

  List<Unlisted> failures() {
    return failures;
  }
}
