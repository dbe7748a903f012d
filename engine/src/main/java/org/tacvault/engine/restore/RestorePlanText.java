package org.tacvault.engine.restore;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.Printable;
import org.tacvault.engine.restore.RestorePlan.Named;
import org.tacvault.engine.secret.Secret;

/**
 * A plan for a person: what is in doubt first, then what happens to which file, then a section for
 * each kind of change that there is. Control characters in names are shown as {@code ?}; long names
 * and values are cut.
 */
public final class RestorePlanText {
  /** How many lines a section has unless somebody wants more. */
  public static final int MOST_LINES = 40;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final RestorePlan plan;
  private final int most;
  private final PlanLines lines = new PlanLines();

  private RestorePlanText(RestorePlan plan, int most) {
    this.plan = plan;
    this.most = most;
  }

  /** The plan with at most {@link #MOST_LINES} lines a section. */
  public static String of(RestorePlan plan) {
    return of(plan, MOST_LINES);
  }

  /**
   * The plan as lines that end with LF.
   *
   * @param most lines of a section; the rest is counted
   */
  public static String of(RestorePlan plan, int most) {
    return new RestorePlanText(plan, most).write();
  }

  private String write() {
    RestorePlan.Origin backup = plan.backup();
    lines.line(
        "Restore plan: %s backup of %s, taken %s (%s)"
            .formatted(
                Printable.of(backup.type()),
                Printable.of(backup.instanceName()),
                TIME.format(backup.takenAt()),
                age(plan.age())));
    warnings();
    files();
    commands();
    int before = lines.toString().length();
    named();
    access();
    withdrawn();
    settings();
    tables();
    history();
    schema();
    if (lines.toString().length() == before && isWhollyCompared()) {
      lines.heading("No difference was found between what is live and the backup.");
    }
    return lines.toString();
  }

  private boolean isWhollyCompared() {
    Set<RestorePlan.Action> compared =
        EnumSet.of(RestorePlan.Action.REPLACE, RestorePlan.Action.MERGE);
    return plan.members().stream().allMatch(member -> compared.contains(member.action()))
        && plan.warnings().stream().allMatch(PlanWarning::isComparisonWhole);
  }

  private static String age(Duration age) {
    if (age.toDays() > 1) {
      return PlanLines.count(age.toDays(), "day") + " old";
    }
    return age.toHours() > 1
        ? PlanLines.count(age.toHours(), "hour") + " old"
        : PlanLines.count(age.toMinutes(), "minute") + " old";
  }

  private void warnings() {
    if (!plan.warnings().isEmpty()) {
      lines.heading("Warnings");
      plan.warnings().forEach(warning -> lines.line("  ! " + warning.message()));
    }
  }

  private void files() {
    lines.heading("Files");
    lines.columns(plan.members().stream().map(RestorePlanText::file).toList(), 3);
  }

  private static List<String> file(RestorePlan.Member member) {
    String reason = member.reason();
    return List.of(
        member.component().id(),
        member.member(),
        member.action().id() + (reason == null ? "" : ": " + reason));
  }

  private void commands() {
    if (!plan.commands().isEmpty()) {
      lines.heading("Commands");
      lines.columns(
          plan.commands().stream()
              .map(command -> List.of(command.name(), Printable.of(command.command())))
              .toList(),
          2);
    }
  }

  private void named() {
    Map<NamedKind, Named> kinds = new EnumMap<>(NamedKind.class);
    plan.members().forEach(member -> member.named().forEach(each -> kinds.put(each.kind(), each)));
    kinds.values().forEach(this::named);
  }

  private void named(Named named) {
    String kind = named.kind().singular();
    String title = named.kind().plural();
    lines.heading(
        "%s: +%s  -%s  ~%s"
            .formatted(
                title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1),
                PlanLines.count(named.appear().total()),
                PlanLines.count(named.disappear().total()),
                PlanLines.count(named.change().total())));
    list(named.appear(), name -> "+ " + kind + " " + Printable.of(name));
    list(named.disappear(), name -> "- " + kind + " " + Printable.of(name));
    list(
        named.change(),
        changed ->
            "~ %s %s: %s"
                .formatted(kind, Printable.of(changed.name()), PlanLines.names(changed.fields())));
  }

  private void access() {
    section("Access and privilege", RestorePlan.Member::access, RestorePlanText::access);
  }

  private static String access(RestorePlan.AccessChange change) {
    boolean isWhole = change.fields().stream().anyMatch(Rights::isAccount);
    return "%-7s %s %s: %s"
        .formatted(
            change.direction().id(),
            change.kind().singular(),
            Printable.of(change.name()),
            change.fields().stream()
                .map(field -> isWhole ? oneSided(field) : bothSided(field))
                .collect(Collectors.joining("; ")));
  }

  /** What comes or goes with an account: nothing is on the other side. */
  private static String oneSided(RestorePlan.FieldChange change) {
    return change.field() + " " + shown(change.now() == null ? change.after() : change.now());
  }

  private static String bothSided(RestorePlan.FieldChange change) {
    return change.field() + " " + shown(change.now()) + " → " + shown(change.after());
  }

  private void withdrawn() {
    section(
        "Withdrawn since the backup, would come back (--keep-revocations leaves them withdrawn)",
        member -> member.withdrawn().comesBack(),
        Revocation::text);
    section(
        "Withdrawn since the backup, stay withdrawn",
        member -> member.withdrawn().stays(),
        Revocation::text);
  }

  private void settings() {
    for (RestorePlan.Member member : plan.members()) {
      if (!member.settings().isEmpty()) {
        lines.heading("Settings in " + member.member());
        list(member.settings(), RestorePlanText::setting);
      }
    }
  }

  private static String setting(RestorePlan.Setting setting) {
    String name = "[" + Printable.of(setting.section()) + "] " + Printable.of(setting.key());
    String now = setting.now();
    String after = setting.after();
    if (now == null) {
      return "+ " + name + " = " + shown(after);
    }
    if (after == null) {
      return "- " + name + " = " + shown(now);
    }
    boolean hidden = now.contains(Secret.MASK) && now.equals(after);
    return "~ " + name + ": " + (hidden ? "changed" : shown(now) + " → " + shown(after));
  }

  private void tables() {
    List<List<String>> rows = new ArrayList<>();
    for (RestorePlan.Member member : plan.members()) {
      for (RestorePlan.Table table : member.tables()) {
        if (!Objects.equals(table.now(), table.after())) {
          rows.add(table(member, table));
        }
      }
    }
    if (!rows.isEmpty()) {
      lines.heading("Rows (now → after)");
      lines.columns(rows, 2);
    }
  }

  private static List<String> table(RestorePlan.Member member, RestorePlan.Table table) {
    Long now = table.now();
    Long after = table.after();
    return List.of(
        member.member(),
        Printable.of(table.name()),
        count(now),
        "→",
        count(after),
        now == null || after == null ? "" : difference(after - now));
  }

  private void history() {
    List<String> found =
        plan.members().stream()
            .flatMap(member -> member.history().stream())
            .map(RestorePlanText::history)
            .toList();
    if (!found.isEmpty()) {
      lines.heading("History");
      found.forEach(line -> lines.line("  " + line));
    }
  }

  private static String history(RestorePlan.HistoryRows rows) {
    Instant newest = rows.newest();
    String until = newest == null ? "" : " (the newest of " + TIME.format(newest) + ")";
    String lost = rows.newer() == 0 ? "no row" : PlanLines.count(rows.newer(), "row") + until;
    String left =
        rows.conflicting() == 0 ? "" : ", leaves out " + PlanLines.count(rows.conflicting());
    return "%s: replace loses %s that came since; merge brings back %s%s and loses none"
        .formatted(Printable.of(rows.table()), lost, PlanLines.count(rows.missing()), left);
  }

  private void schema() {
    section(
        "Schema differences",
        RestorePlan.Member::schema,
        difference ->
            "%s %s: %s"
                .formatted(
                    difference.item().kind().id(),
                    Printable.of(difference.item().name()),
                    side(difference.only())));
  }

  private static String side(RestorePlan.Side only) {
    return switch (only) {
      case LIVE -> "only in the live database";
      case BACKUP -> "only in the backup";
      case BOTH -> "another definition in the backup";
    };
  }

  private <T> void section(
      String heading, Function<RestorePlan.Member, Capped<T>> part, Function<T, String> shown) {
    if (plan.members().stream().anyMatch(member -> !part.apply(member).isEmpty())) {
      lines.heading(heading);
      plan.members().forEach(member -> list(part.apply(member), shown));
    }
  }

  private <T> void list(Capped<T> things, Function<T, String> shown) {
    lines.list(things.total(), things.first(), most, shown);
  }

  private static String shown(@Nullable String value) {
    return value == null ? "none" : value.isEmpty() ? "''" : Printable.of(value);
  }

  private static String count(@Nullable Long count) {
    return count == null ? "-" : PlanLines.count(count);
  }

  private static String difference(long rows) {
    return (rows > 0 ? "+" : "") + PlanLines.count(rows);
  }
}
