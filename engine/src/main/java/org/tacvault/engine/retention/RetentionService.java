package org.tacvault.engine.retention;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.catalog.Catalog;
import org.tacvault.engine.catalog.DamagedArchives;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionFilter;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.ExecutionResult;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.catalog.Failures;
import org.tacvault.engine.catalog.NewExecution;
import org.tacvault.engine.catalog.Pin;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/**
 * Plans and applies the retention of a destination, with everything that the catalog knows against
 * a deletion.
 */
public final class RetentionService {
  private final Catalog catalog;
  private final InstantSource clock;
  private final Duration emergencyAge;
  private final int emergencyCount;
  private final Supplier<String> owner;

  /**
   * @param emergencyAge how long emergency backups stay
   * @param emergencyCount how many of them stay anyway
   * @param owner names this process; asked for before an execution is recorded
   */
  public RetentionService(
      Catalog catalog,
      InstantSource clock,
      Duration emergencyAge,
      int emergencyCount,
      Supplier<String> owner) {
    this.catalog = catalog;
    this.clock = clock;
    this.emergencyAge = emergencyAge;
    this.emergencyCount = emergencyCount;
    this.owner = owner;
  }

  /** What applying the stored policy of {@code row} would delete and keep, and why. */
  public RetentionPlan plan(DestinationRecord row, Destination destination) {
    return plan(row.id(), policyOf(row), destination);
  }

  /** What applying {@code policy} would delete and keep, and why. */
  public RetentionPlan plan(String destinationId, RetentionPolicy policy, Destination destination) {
    return RetentionPlanner.plan(
        destination.list(), policy, floors(destinationId), clock.instant());
  }

  /** Deletes what {@link #plan} gives up; an execution records it, whatever comes of it. */
  public RetentionRun apply(DestinationRecord row, Destination destination, String triggeredBy) {
    return apply(row, destination, triggeredBy, id -> {});
  }

  /**
   * {@link #apply(DestinationRecord, Destination, String)} for somebody who follows it.
   *
   * @param started hears the id of the execution as soon as it is in the catalog
   */
  public RetentionRun apply(
      DestinationRecord row,
      Destination destination,
      String triggeredBy,
      Consumer<String> started) {
    return carryOut(row, triggeredBy, started, destination, () -> plan(row, destination));
  }

  /** {@link #apply} for after a backup: recorded only when there is something to delete. */
  public RetentionReport applyWhenDue(
      DestinationRecord row, Destination destination, String triggeredBy) {
    RetentionPlan plan = plan(row, destination);
    return plan.deleted().isEmpty()
        ? new RetentionReport(List.of(), plan.kept(), List.of())
        : carryOut(row, triggeredBy, id -> {}, destination, () -> plan).report();
  }

  private RetentionRun carryOut(
      DestinationRecord row,
      String triggeredBy,
      Consumer<String> started,
      Destination destination,
      Supplier<RetentionPlan> plan) {
    String id = begin(row, triggeredBy);
    try {
      started.accept(id);
      RetentionReport report = Pruner.apply(plan.get(), destination);
      catalog.complete(id, RetentionRecord.of(report, destination.retried()), clock.instant());
      return new RetentionRun(id, report);
    } catch (RuntimeException e) {
      ExecutionResult retried = ExecutionResult.warning(destination.retried());
      Failures.record(catalog, id, e, retried, clock.instant());
      throw e;
    }
  }

  private String begin(DestinationRecord row, String triggeredBy) {
    return catalog.begin(
        new NewExecution(
            ExecutionKind.RETENTION,
            row.id(),
            null,
            triggeredBy,
            "keep " + policyOf(row).describe(),
            null,
            Set.of(),
            owner.get(),
            clock.instant(),
            null));
  }

  /**
   * Deletes old emergency backups and nothing else, at a destination that the catalog need not
   * know.
   */
  public RetentionReport applyToEmergencies(Destination destination) {
    return Pruner.apply(
        RetentionPlanner.planEmergencies(destination.list(), floors(null), clock.instant()),
        destination);
  }

  /**
   * Refuses ({@code CONFLICT}) when the archive at {@code path} must not be deleted by anybody: it
   * is pinned, or being restored.
   */
  public void requireDeletable(String destinationId, String path) {
    String reason = protectedPaths(destinationId).get(path);
    if (reason != null) {
      throw new EngineException(ErrorKind.CONFLICT, "delete archive", path, "it is " + reason)
          .withHint("unpin it, or wait until its restore has ended");
    }
  }

  /** The policy that a destination row stands for; rows of the Python server may name days only. */
  public static RetentionPolicy policyOf(DestinationRecord row) {
    return row.retentionConfig().isEmpty() && row.retentionStrategy().equals(SimplePolicy.STRATEGY)
        ? RetentionPolicy.keepDays(row.retentionDays())
        : RetentionPolicy.parse(row.retentionStrategy(), row.retentionConfig());
  }

  private RetentionFloors floors(@Nullable String destinationId) {
    Set<String> damaged = DamagedArchives.of(catalog);
    return new RetentionFloors(
        protectedPaths(destinationId),
        archive -> !damaged.contains(archive.path()),
        emergencyAge,
        emergencyCount);
  }

  private Map<String, String> protectedPaths(@Nullable String destinationId) {
    Map<String, String> paths = new HashMap<>();
    if (destinationId != null) {
      for (Pin pin : catalog.pins().list(destinationId)) {
        paths.put(pin.path(), "pinned: " + pin.reason());
      }
    }
    for (Execution restore : running(ExecutionKind.RESTORE)) {
      String archive = restore.request().comment();
      if (archive != null) {
        paths.put(archive, "being restored");
      }
      undone(restore).ifPresent(emergency -> paths.put(emergency, "being restored"));
    }
    return paths;
  }

  /** The emergency backup that an undo brings back. */
  private Optional<String> undone(Execution undo) {
    return Optional.ofNullable(undo.request().undoes())
        .flatMap(catalog::find)
        .map(restore -> restore.result().emergencyPath());
  }

  private List<Execution> running(ExecutionKind kind) {
    return catalog.list(
        ExecutionFilter.newest().withKind(kind).withStatus(ExecutionStatus.RUNNING));
  }
}
