package org.tacvault.engine.restore;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.manifest.Manifest;
import org.tacvault.engine.manifest.ManifestEntry;
import org.tacvault.engine.source.EntryType;
import org.tacvault.engine.source.Source;

/**
 * Works out what a restore would change, without changing anything: live files keep their bytes,
 * and nothing is left beside them.
 *
 * <p>At most 1,000 names of a kind are kept in a plan. Rows whose {@code id}, {@code created_at} or
 * {@code updated_at} alone differs count as equal. Tables without names of their own are only
 * counted.
 */
public final class RestorePlanner {
  /** A daily backup that is older than this was probably not meant. */
  public static final Duration OLD = Duration.ofDays(7);

  private final Duration old;
  private final History history;

  public RestorePlanner() {
    this(OLD);
  }

  /**
   * @param history what becomes of rows that came since the backup
   */
  public RestorePlanner(History history) {
    this(OLD, history);
  }

  /**
   * @param old from which age on a backup is worth a warning
   */
  public RestorePlanner(Duration old) {
    this(old, History.REPLACE);
  }

  private RestorePlanner(Duration old, History history) {
    this.old = old;
    this.history = history;
  }

  /**
   * Plans the restore of {@code sources}.
   *
   * @param sources those selected, in the order in which they would be applied; what is live may be
   *     missing or broken
   * @param copies where the verified members of the archive lie, under their names; a private
   *     directory, in which live databases that cannot be read in place are put aside meanwhile
   * @param instanceName of the live server; null when it is not known
   * @throws org.tacvault.engine.error.EngineException when a copy cannot be read
   */
  public RestorePlan plan(
      List<Source> sources,
      Path copies,
      Manifest manifest,
      @Nullable String instanceName,
      Instant now) {
    PlanWarnings warnings = new PlanWarnings();
    origin(manifest.backup(), instanceName, now, warnings);
    List<RestorePlan.Member> members = new ArrayList<>();
    for (Source source : sources) {
      members.add(member(source, copies, manifest, warnings));
    }
    missing(members, warnings);
    Manifest.Backup backup = manifest.backup();
    return new RestorePlan(
        now,
        new RestorePlan.Origin(
            backup.instanceName(), backup.hostname(), backup.type(), backup.timestamp()),
        members,
        warnings.list());
  }

  private RestorePlan.Member member(
      Source source, Path copies, Manifest manifest, PlanWarnings warnings) {
    Optional<ManifestEntry> entry = manifest.entry(source.member());
    if (entry.isEmpty()) {
      return notInBackup(source, manifest, warnings);
    }
    boolean isDatabase = source.type() == EntryType.DATABASE;
    if (isDatabase && entry.get().type() != EntryType.DATABASE) {
      return raw(source, warnings);
    }
    Path copy = copies.resolve(source.member());
    return isDatabase
        ? new DatabasePlan(source, history.isMergeOf(source), warnings).plan(copy)
        : new ConfigPlan(source, warnings).plan(copy);
  }

  private static RestorePlan.Member notInBackup(
      Source source, Manifest manifest, PlanWarnings warnings) {
    String reason =
        manifest.missing().contains(source.member())
            ? "it did not exist when the backup was made"
            : "it is not in the backup";
    warnings.add(
        PlanWarning.Kind.NOT_IN_BACKUP,
        source.member(),
        source.member() + " stays as it is: " + reason);
    return new MemberDraft().stays(source, reason);
  }

  private static RestorePlan.Member raw(Source source, PlanWarnings warnings) {
    warnings.add(
        PlanWarning.Kind.RAW_MEMBER,
        source.member(),
        source.member()
            + " was too broken for a snapshot when the backup was made; its bytes were kept, but"
            + " they are not restored: take it from an older backup");
    return new MemberDraft().stays(source, "only its raw bytes are in the backup");
  }

  private void origin(
      Manifest.Backup backup, @Nullable String instanceName, Instant now, PlanWarnings warnings) {
    Duration age = Duration.between(backup.timestamp(), now);
    if (age.compareTo(old) > 0) {
      warnings.add(
          PlanWarning.Kind.OLD_BACKUP,
          null,
          "the backup is " + age.toDays() + " days old: everything since then would be undone");
    }
    if (age.isNegative()) {
      warnings.add(
          PlanWarning.Kind.FUTURE_BACKUP,
          null,
          "the backup is dated in the future: a clock was or is wrong");
    }
    if (instanceName != null && !instanceName.equals(backup.instanceName())) {
      warnings.add(
          PlanWarning.Kind.OTHER_INSTANCE,
          null,
          "the backup is of instance '%s', this is '%s'"
              .formatted(Shortened.of(backup.instanceName()), instanceName));
    }
  }

  private static void missing(List<RestorePlan.Member> members, PlanWarnings warnings) {
    String names =
        members.stream()
            .filter(member -> member.action() == RestorePlan.Action.CREATE)
            .map(RestorePlan.Member::member)
            .collect(Collectors.joining(", "));
    if (!names.isEmpty()) {
      warnings.add(
          PlanWarning.Kind.LIVE_MISSING, null, "not there now and would be created: " + names);
    }
  }
}
