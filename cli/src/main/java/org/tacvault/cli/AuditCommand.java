package org.tacvault.cli;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tacvault.cli.output.Console;
import org.tacvault.cli.output.Table;
import org.tacvault.cli.output.Times;
import org.tacvault.engine.catalog.AuditEvent;
import org.tacvault.engine.catalog.AuditEvent.Outcome;
import org.tacvault.engine.catalog.AuditFilter;
import org.tacvault.engine.catalog.AuditLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Lists what was done with the service. With {@code --json}: {@code events[]} as {@code GET
 * /api/admin/audit} has them, and {@code total}.
 */
@Command(
    name = "audit",
    description = "List who did what with the service, and who was refused, newest first.")
final class AuditCommand extends TacvaultCommand {
  /** What {@code --json} prints. */
  record Answer(List<Event> events, int total) {}

  /** One event. */
  record Event(
      Instant time,
      String who,
      String address,
      @Nullable String session,
      String action,
      @Nullable String resource,
      int status,
      String outcome,
      @Nullable String detail,
      @Nullable String userAgent,
      @Nullable String correlationId,
      int times) {
    private static Event of(AuditEvent event) {
      return new Event(
          event.at(),
          event.actor(),
          event.address(),
          event.session(),
          event.action(),
          event.resource(),
          event.status(),
          event.outcome().id(),
          event.detail(),
          event.userAgent(),
          event.correlationId(),
          event.times());
    }
  }

  /** The outcomes by the names that they have in the log. */
  enum OutcomeName {
    succeeded,
    failed,
    denied;

    private Outcome outcome() {
      return Outcome.valueOf(name().toUpperCase(Locale.ROOT));
    }
  }

  @Option(names = "--who", paramLabel = "NAME", description = "Only what this one did.")
  private @Nullable String who;

  @Option(names = "--action", paramLabel = "TEXT", description = "Only actions that hold the text.")
  private @Nullable String action;

  @Option(
      names = "--outcome",
      paramLabel = "OUTCOME",
      description = "Only what ended so: ${COMPLETION-CANDIDATES}.")
  private @Nullable OutcomeName outcome;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "How many at most (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Override
  ExitCode run(CommandContext context) {
    AuditFilter filter =
        new AuditFilter(
            who, action, outcome == null ? null : outcome.outcome(), null, null, limit, 0);
    AuditLog log = context.engine().catalog().audit();
    Answer answer =
        new Answer(log.list(filter).stream().map(Event::of).toList(), log.count(filter));
    context.console().answer(answer, () -> text(answer, context));
    return ExitCode.OK;
  }

  private static String text(Answer answer, CommandContext context) {
    if (answer.events().isEmpty()) {
      return "Nothing was done with the service yet";
    }
    Table table = context.console().table("WHEN", "WHO", "FROM", "WHAT", "ABOUT", "RESULT");
    Instant now = context.clock().instant();
    answer.events().forEach(event -> table.row((Object[]) cells(event, now)));
    return table.toString();
  }

  private static String[] cells(Event event, Instant now) {
    String times = event.times() > 1 ? " (" + event.times() + " times)" : "";
    return new String[] {
      Times.relative(event.time(), now),
      Console.printable(event.who()),
      event.address(),
      Console.printable(event.action()),
      Console.printable(event.resource() == null ? "" : event.resource()),
      event.status()
          + (event.detail() == null ? "" : " " + Console.printable(event.detail()))
          + times
    };
  }
}
