package org.tacvault.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tacvault.cli.output.Console;
import org.tacvault.cli.output.Sizes;
import org.tacvault.cli.output.Table;
import org.tacvault.cli.output.Times;
import org.tacvault.engine.catalog.Catalog;
import org.tacvault.engine.catalog.ExecutionFilter;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Shows what was run, newest first, or one run with all that is known of it. With {@code --json}:
 * {@code executions[]}, or one of them by itself: {@code execution_id, kind, status, type,
 * started_at, completed_at, duration_ms, destination_id, destination, instance, triggered_by,
 * comment, components[], path, size_bytes, packed_bytes, sha256, emergency_backup, stages_ms,
 * warnings[], commands[] (name, command, exit|null, millis, timed_out, output), verified_by,
 * error}; what does not arise is null or empty.
 */
@Command(
    name = "executions",
    description = "Show what was run: backups, restores, verifications, retention.",
    footer = {"", "Example: tacvault executions --kind backup --status failed --limit 5"})
final class ExecutionsCommand extends TacvaultCommand {
  /** What {@code --json} prints for a list. */
  record Answer(List<ExecutionAnswer> executions) {}

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "Only backup, restore, verify or retention.")
  private @Nullable String kind;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Only running, completed, failed or cancelled.")
  private @Nullable String status;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many at most (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Parameters(arity = "0..1", paramLabel = "ID", description = "Everything about this one.")
  private @Nullable String id;

  @Override
  ExitCode run(CommandContext context) {
    ExecutionFilter filter =
        ExecutionFilter.newest()
            .withKind(kind == null ? null : ExecutionKind.of(kind))
            .withStatus(status == null ? null : ExecutionStatus.of(status))
            .withPage(limit, 0);
    Catalog catalog = context.engine().catalog();
    if (id == null) {
      list(context, catalog, filter);
    } else {
      show(context, catalog, id);
    }
    return ExitCode.OK;
  }

  private static void list(CommandContext context, Catalog catalog, ExecutionFilter filter) {
    Map<String, String> names = names(catalog);
    List<ExecutionAnswer> found =
        catalog.list(filter).stream().map(each -> ExecutionAnswer.of(each, names)).toList();
    context.console().answer(new Answer(found), () -> table(context, found));
  }

  private static void show(CommandContext context, Catalog catalog, String id) {
    ExecutionAnswer found =
        catalog
            .find(id)
            .map(execution -> ExecutionAnswer.of(execution, names(catalog)))
            .orElseThrow(
                () ->
                    new EngineException(
                            ErrorKind.NOT_FOUND, "find execution", id, "no such execution")
                        .withHint("tacvault executions lists them with their ids"));
    context.console().answer(found, () -> detail(found));
  }

  private static Map<String, String> names(Catalog catalog) {
    Map<String, String> names = new HashMap<>();
    catalog.destinations().list().forEach(row -> names.put(row.id(), row.name()));
    return names;
  }

  private static String table(CommandContext context, List<ExecutionAnswer> found) {
    if (found.isEmpty()) {
      return "No executions";
    }
    Instant now = context.clock().instant();
    Table table =
        context
            .console()
            .table("STARTED", "KIND", "TYPE", "STATUS", "TOOK", "PACKED", "ID")
            .right("TOOK", "PACKED");
    for (ExecutionAnswer each : found) {
      table.row(
          Times.relative(each.startedAt(), now),
          each.kind(),
          text(each.type()),
          each.status(),
          took(each),
          size(each.packedBytes()),
          each.executionId());
    }
    return table.toString();
  }

  private static String detail(ExecutionAnswer each) {
    List<String> lines = new ArrayList<>();
    lines.add("%s %s: %s".formatted(each.kind(), each.executionId(), each.status()));
    line(lines, "started", Times.absolute(each.startedAt(), ZoneId.systemDefault()));
    line(lines, "took", took(each));
    line(lines, "type", text(each.type()));
    line(lines, "instance", text(each.instance()));
    line(lines, "destination", text(each.destination()));
    line(lines, "started by", text(each.triggeredBy()));
    line(lines, "comment", text(each.comment()));
    line(lines, "components", String.join(", ", each.components()));
    line(lines, "path", text(each.path()));
    line(lines, "size", size(each.sizeBytes()));
    line(lines, "packed", size(each.packedBytes()));
    line(lines, "sha256", text(each.sha256()));
    line(lines, "as before", text(each.emergencyBackup()));
    each.stagesMs()
        .forEach((stage, millis) -> line(lines, stage, Times.duration(Duration.ofMillis(millis))));
    each.warnings().forEach(warning -> line(lines, "warning", warning));
    each.commands().forEach(command -> command(lines, command));
    line(lines, "error", text(each.error()));
    return String.join("\n", lines);
  }

  private static void command(List<String> lines, CommandAnswer command) {
    line(lines, command.name(), command.text());
    command.output().lines().forEach(said -> lines.add("    | " + Console.printable(said)));
  }

  private static void line(List<String> lines, String name, String value) {
    if (!value.isEmpty()) {
      lines.add("  %-17s %s".formatted(name, Console.printable(value)));
    }
  }

  private static String took(ExecutionAnswer each) {
    Long millis = each.durationMs();
    return millis == null ? "" : Times.duration(Duration.ofMillis(millis));
  }

  private static String size(@Nullable Long bytes) {
    return bytes == null ? "" : Sizes.human(bytes);
  }

  private static String text(@Nullable String value) {
    return Objects.requireNonNullElse(value, "");
  }
}
