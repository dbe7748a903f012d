package org.tacvault.engine.restore;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.sqlite.SchemaItem;

/**
 * What a restore would change, told without values of secrets, hashes or descriptions: only names,
 * counts, privileges and settings. "Now" is what is live, "after" is what the backup holds.
 *
 * @param plannedAt when it was looked
 * @param members one for each selected file, in the order in which they are applied
 * @param commands what would be run to stop and start the server, in that order
 */
public record RestorePlan(
    Instant plannedAt,
    Origin backup,
    List<Member> members,
    List<PlanWarning> warnings,
    List<Command> commands) {
  public RestorePlan {
    members = List.copyOf(members);
    warnings = List.copyOf(warnings);
    commands = List.copyOf(commands);
  }

  /** A plan that runs no commands. */
  public RestorePlan(
      Instant plannedAt, Origin backup, List<Member> members, List<PlanWarning> warnings) {
    this(plannedAt, backup, members, warnings, List.of());
  }

  RestorePlan withCommands(List<Command> newCommands) {
    return new RestorePlan(plannedAt, backup, members, warnings, newCommands);
  }

  /**
   * A command of the live configuration.
   *
   * @param name what it is for: {@code stop}, {@code start}, {@code reload} or {@code health}
   * @param command as configured, secrets masked
   */
  public record Command(String name, String command) {}

  /** Which backup this is. */
  public record Origin(String instanceName, String hostname, String type, Instant takenAt) {}

  /** The time between the backup and the plan; never negative. */
  public Duration age() {
    Duration age = Duration.between(backup.takenAt(), plannedAt);
    return age.isNegative() ? Duration.ZERO : age;
  }

  /** What happens to a live file. */
  public enum Action {
    REPLACE,
    CREATE,
    /** It goes, because the restore that is undone made it. */
    REMOVE,
    /** What is missing comes in, and everything that is there stays. */
    MERGE,
    /** It stays what it is. */
    NONE;

    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One file of a component.
   *
   * @param member its name in the archive
   * @param reason why nothing happens to it; only with {@link Action#NONE} and {@link
   *     Action#REMOVE}
   * @param tables every table of either side, by name
   * @param named users, devices and so on that appear, disappear or change
   * @param access who gains or loses access or privilege
   * @param withdrawn since the backup: accounts, privileges and secrets
   * @param settings keys of {@code tacacs.conf}, or active overrides
   * @param history logs that differ from those of the backup, whether they are merged or replaced
   * @param schema what only one side has, or both with other definitions
   */
  public record Member(
      Component component,
      String member,
      Action action,
      @Nullable String reason,
      List<Table> tables,
      List<Named> named,
      Capped<AccessChange> access,
      Withdrawn withdrawn,
      Capped<Setting> settings,
      List<HistoryRows> history,
      Capped<SchemaDifference> schema) {
    public Member {
      tables = List.copyOf(tables);
      named = List.copyOf(named);
      history = List.copyOf(history);
    }

    Member withStaying(Capped<Revocation> stays) {
      return new Member(
          component,
          member,
          action,
          reason,
          tables,
          named,
          access,
          new Withdrawn(withdrawn.comesBack(), stays),
          settings,
          history,
          schema);
    }
  }

  /**
   * Rows of a table. Of a database that is merged, tables that follow from others are left out.
   *
   * @param now none when there is no such table, or the live database cannot be read
   * @param after none when the backup has no such table
   */
  public record Table(String name, @Nullable Long now, @Nullable Long after) {}

  /** Everything of one kind that would appear, disappear or change, in the order of names. */
  public record Named(
      NamedKind kind, Capped<String> appear, Capped<String> disappear, Capped<Changed> change) {
    public boolean isEmpty() {
      return appear.isEmpty() && disappear.isEmpty() && change.isEmpty();
    }
  }

  /**
   * Something that stays but changes.
   *
   * @param fields names of columns, of references ({@code group}) and of keys in JSON columns
   *     ({@code metadata.tacacs_secret}); never values
   */
  public record Changed(String name, List<String> fields) {
    public Changed {
      fields = List.copyOf(fields);
    }
  }

  /** Whether somebody can do more or less after the restore. */
  public enum Direction {
    GAINS,
    LOSES,
    /** Some of both, or it cannot be told. */
    CHANGES;

    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    Direction and(Direction other) {
      return this == other ? this : CHANGES;
    }
  }

  /** One user or group whose rights would change. */
  public record AccessChange(
      NamedKind kind, String name, Direction direction, List<FieldChange> fields) {
    public AccessChange {
      fields = List.copyOf(fields);
    }
  }

  /** A right: {@code account}, {@code enabled}, {@code privilege_level}, {@code groups}. */
  public record FieldChange(String field, @Nullable String now, @Nullable String after) {}

  /**
   * A key of the configuration.
   *
   * @param now masked when secret; none when the key is not set now
   * @param after masked when secret; none when the key would not be set
   */
  public record Setting(String section, String key, @Nullable String now, @Nullable String after) {}

  /**
   * What replacing and what merging would do to a log, by the content of its rows.
   *
   * @param newer rows that are not in the backup: replacing loses them, merging keeps them
   * @param newest of those
   * @param missing rows that are only in the backup: both bring them back
   * @param conflicting rows of the backup whose key stands for other content now: replacing brings
   *     them back, merging leaves the live ones
   * @param absent whether there is no such table now
   */
  public record HistoryRows(
      String table,
      long newer,
      @Nullable Instant newest,
      long missing,
      long conflicting,
      boolean absent) {}

  /**
   * A part of the schema that only one side has, or that both have with other definitions.
   *
   * @param only {@link Side#BOTH} when the definitions differ
   */
  public record SchemaDifference(SchemaItem item, Side only) {}

  /** The two sides of a plan, and both of them. */
  public enum Side {
    LIVE,
    BACKUP,
    BOTH;

    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
