package org.tacvault.engine.restore;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.backup.ServerContext;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.source.Source;

/**
 * Guards the places that a restore writes to: an archive may name paths, and its maker may be an
 * enemy.
 */
final class RestoreTargets {
  private static final String OPERATION = "restore to";

  private static final String JOURNAL = "the restore journal";
  private static final String LOCKS = "the directory of locks";
  private static final String BACKUPS = "the directory of backups";
  private static final Set<String> DIRECTORIES = Set.of(JOURNAL, LOCKS, BACKUPS);

  private RestoreTargets() {}

  /**
   * Refuses places that two sources share or that are our own, and, unless forced, places outside
   * the home that the live configuration does not name, and files that the safety copy leaves out.
   */
  static void check(Home home, List<Source> sources, Optional<ServerContext> live, boolean force) {
    Set<Path> trusted =
        live.stream()
            .flatMap(context -> context.sources().stream())
            .map(Source::live)
            .collect(Collectors.toSet());
    Map<Path, String> taken = ownFiles(home);
    for (Source source : sources) {
      requireFree(source, taken);
      if (!home.contains(source.live())
          && !source.live().equals(home.configFile())
          && !trusted.contains(source.live())
          && !force) {
        throw outside(source);
      }
      if (live.isPresent() && !trusted.contains(source.live()) && source.exists() && !force) {
        throw unsaved(source);
      }
    }
  }

  private static Map<Path, String> ownFiles(Home home) {
    Map<Path, String> own = new HashMap<>();
    own.put(home.catalogDatabase(), "the catalog");
    own.put(home.jobsDatabase(), "the schedules");
    own.put(home.restoreJournal(), JOURNAL);
    own.put(home.locks(), LOCKS);
    own.put(home.defaultBackups(), BACKUPS);
    own.put(home.root(), "the home");
    own.put(home.data(), "the data directory");
    return own;
  }

  private static void requireFree(Source source, Map<Path, String> taken) {
    String below = taken.get(directoryOf(source.live(), taken));
    String other = taken.putIfAbsent(source.live(), source.member());
    if (other == null) {
      other = below;
    }
    if (other != null) {
      throw new EngineException(
              ErrorKind.INVALID_CONFIG,
              OPERATION,
              source.live(),
              "the configuration puts " + source.member() + " where " + other + " is")
          .withHint("give every database a path of its own in tacacs.conf");
    }
  }

  /** The nearest directory of ours above {@code place}; the home and its data hold everything. */
  private static @Nullable Path directoryOf(Path place, Map<Path, String> taken) {
    Path directory = place.getParent();
    while (directory != null && !DIRECTORIES.contains(taken.getOrDefault(directory, ""))) {
      directory = directory.getParent();
    }
    return directory;
  }

  private static EngineException unsaved(Source source) {
    return new EngineException(
            ErrorKind.REFUSED,
            OPERATION,
            source.live(),
            "the archive's configuration puts "
                + source.member()
                + " where another file is that no safety copy holds")
        .withHint("move that file away, or repeat with --force to overwrite it");
  }

  private static EngineException outside(Source source) {
    return new EngineException(
            ErrorKind.REFUSED,
            OPERATION,
            source.live(),
            "the archive's configuration puts " + source.member() + " outside of the home")
        .withHint("if that is right, repeat with --force");
  }
}
