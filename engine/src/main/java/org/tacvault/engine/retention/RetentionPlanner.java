package org.tacvault.engine.retention;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.partitioningBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tacvault.engine.archive.ArchiveName;
import org.tacvault.engine.destination.StoredArchive;

/**
 * Lays the floors over a policy, instance by instance. An archive whose name does not tell whose it
 * is never goes. Damaged archives take nobody's place: the policy decides about the good ones as if
 * there were no others, and damaged ones go after 30 days, once there is a good one.
 */
public final class RetentionPlanner {
  private static final String EMERGENCY = "emergency";
  private static final Duration DAMAGED_AGE = Duration.ofDays(30);

  private final RetentionPolicy policy;
  private final RetentionFloors floors;
  private final Instant now;

  private RetentionPlanner(RetentionPolicy policy, RetentionFloors floors, Instant now) {
    this.policy = policy;
    this.floors = floors;
    this.now = now;
  }

  /**
   * The plan for all archives of one destination; the order of {@code archives} does not matter.
   */
  public static RetentionPlan plan(
      Collection<StoredArchive> archives,
      RetentionPolicy policy,
      RetentionFloors floors,
      Instant now) {
    return new RetentionPlanner(policy, floors, now).plan(archives);
  }

  /** One decision for each emergency backup; others are left out. */
  public static RetentionPlan planEmergencies(
      Collection<StoredArchive> archives, RetentionFloors floors, Instant now) {
    List<StoredArchive> emergencies =
        archives.stream().filter(RetentionPlanner::isEmergency).toList();
    // No policy counts emergency backups: any will do.
    return plan(emergencies, RetentionPolicy.keepCount(1), floors, now);
  }

  private RetentionPlan plan(Collection<StoredArchive> archives) {
    Map<String, List<StoredArchive>> instances =
        archives.stream()
            .sorted(StoredArchive.NEWEST_FIRST)
            .collect(groupingBy(archive -> archive.instanceName().orElse("")));
    List<Decision> decisions = new ArrayList<>();
    instances.forEach(
        (instance, newestFirst) ->
            decisions.addAll(
                instance.isEmpty() ? keepForeign(newestFirst) : decide(instance, newestFirst)));
    decisions.replaceAll(this::keepProtected);
    decisions.sort(comparing(Decision::archive, StoredArchive.NEWEST_FIRST));
    return new RetentionPlan(decisions);
  }

  private static List<Decision> keepForeign(List<StoredArchive> archives) {
    return archives.stream()
        .map(archive -> Decision.keep(archive, "its name does not tell whose backup it is"))
        .toList();
  }

  private List<Decision> decide(String instance, List<StoredArchive> newestFirst) {
    Map<Boolean, List<StoredArchive>> byEmergency =
        newestFirst.stream().collect(partitioningBy(RetentionPlanner::isEmergency));
    List<Decision> decisions = new ArrayList<>(decideRegular(instance, byEmergency.get(false)));
    decisions.addAll(decideEmergency(byEmergency.get(true)));
    return decisions;
  }

  private List<Decision> decideRegular(String instance, List<StoredArchive> newestFirst) {
    List<StoredArchive> good = newestFirst.stream().filter(floors.isGood()).toList();
    if (good.isEmpty()) {
      return newestFirst.stream()
          .map(archive -> Decision.keep(archive, "no backup of " + instance + " is known good"))
          .toList();
    }
    List<Decision> decisions = new ArrayList<>(policy.decide(good, now));
    decisions.set(0, decisions.get(0).orKeep("the newest good backup of " + instance));
    newestFirst.stream()
        .filter(floors.isGood().negate())
        .forEach(archive -> decisions.add(decideDamaged(archive)));
    return decisions;
  }

  // They may hold the one database that somebody needs, so they do not go at once.
  private Decision decideDamaged(StoredArchive archive) {
    return archive.takenAt().isBefore(now.minus(DAMAGED_AGE))
        ? Decision.delete(archive, "damaged, and older than " + DAMAGED_AGE.toDays() + " days")
        : Decision.keep(archive, "damaged, not older than " + DAMAGED_AGE.toDays() + " days");
  }

  private List<Decision> decideEmergency(List<StoredArchive> newestFirst) {
    Set<StoredArchive> newestGood =
        newestFirst.stream()
            .filter(floors.isGood())
            .limit(floors.emergencyCount())
            .collect(Collectors.toSet());
    Instant oldest = now.minus(floors.emergencyAge());
    return newestFirst.stream()
        .map(archive -> decideEmergency(archive, newestGood.contains(archive), oldest))
        .toList();
  }

  private Decision decideEmergency(StoredArchive archive, boolean isNewest, Instant oldest) {
    if (!archive.takenAt().isBefore(oldest)) {
      return Decision.keep(
          archive, "emergency backup, not older than " + floors.emergencyAge().toDays() + " days");
    }
    return isNewest
        ? Decision.keep(
            archive, "among the newest " + floors.emergencyCount() + " emergency backups")
        : Decision.delete(
            archive, "emergency backup older than " + floors.emergencyAge().toDays() + " days");
  }

  private Decision keepProtected(Decision decision) {
    String reason = floors.protectedPaths().get(decision.archive().path());
    return reason == null ? decision : decision.orKeep(reason);
  }

  private static boolean isEmergency(StoredArchive archive) {
    return archive.name().map(ArchiveName::type).filter(EMERGENCY::equals).isPresent();
  }
}
