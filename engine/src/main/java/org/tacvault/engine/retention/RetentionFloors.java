package org.tacvault.engine.retention;

import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.tacvault.engine.destination.StoredArchive;

/**
 * What no policy overrides, besides the newest good archive of each instance.
 *
 * @param protectedPaths paths of a listing, each with the reason: "pinned: audit 2026", "being
 *     restored"
 * @param isGood whether an archive counts as a backup; false for those known to be damaged
 * @param emergencyAge how long emergency backups stay
 * @param emergencyCount how many of an instance's newest good emergency backups stay anyway
 */
public record RetentionFloors(
    Map<String, String> protectedPaths,
    Predicate<StoredArchive> isGood,
    Duration emergencyAge,
    int emergencyCount) {
  private static final Duration EMERGENCY_AGE = Duration.ofDays(7);
  private static final int EMERGENCY_COUNT = 3;

  public RetentionFloors {
    protectedPaths = Map.copyOf(protectedPaths);
  }

  /** Nothing protected, nothing known to be damaged; emergency backups for 7 days, at least 3. */
  public static RetentionFloors standard() {
    return new RetentionFloors(Map.of(), archive -> true, EMERGENCY_AGE, EMERGENCY_COUNT);
  }

  /** With these paths and reasons instead. */
  public RetentionFloors protecting(Map<String, String> paths) {
    return new RetentionFloors(paths, isGood, emergencyAge, emergencyCount);
  }

  /** With this judge of archives instead. */
  public RetentionFloors judging(Predicate<StoredArchive> newIsGood) {
    return new RetentionFloors(protectedPaths, newIsGood, emergencyAge, emergencyCount);
  }
}
