package org.tacvault.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tacvault.cli.output.Sizes;
import org.tacvault.cli.output.Table;
import org.tacvault.cli.output.Times;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.destination.local.LocalSettings;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Lists stored backups, newest first. With {@code --json}: {@code backups[]} of {@code destination,
 * instance|null, type|null, taken_at, size_bytes, encrypted, path, filename}, and {@code errors[]}
 * of {@code destination, kind, operation, subject, reason, hint|null, exit_code} for destinations
 * that could not be listed; the exit code is that of the first.
 */
@Command(
    name = "list",
    description = "List stored backups, newest first.",
    footer = {"", "Example: tacvault list --from /srv/backups --instance fra1-tacacs"})
final class ListCommand extends TacvaultCommand {
  /** Where; one way or the other. */
  static final class Place {
    @Option(
        names = "--destination",
        paramLabel = "NAME",
        description = "Name or id of a destination (default: all enabled ones).")
    private @Nullable String destination;

    @Option(
        names = "--from",
        paramLabel = "DIR",
        description = "A directory instead; needs no server.")
    private @Nullable Path directory;
  }

  /** What {@code --json} prints. */
  record Answer(List<Listing.Row> backups, List<Unlisted> errors) {}

  /** A destination that could not be listed. */
  record Unlisted(String destination, @JsonUnwrapped Failures.Body error) {}

  @ArgGroup private @Nullable Place place;

  @Option(
      names = "--instance",
      paramLabel = "NAME",
      description = "Only backups of this server (default: of all).")
  private @Nullable String instance;

  @Override
  ExitCode run(CommandContext context) {
    Listing listing =
        place != null && place.directory != null
            ? ofDirectory(context.path(place.directory).toString())
            : ofDestinations(context);
    List<Listing.Row> rows = listing.rows(instance);
    List<Unlisted> errors =
        listing.failures().stream()
            .map(each -> new Unlisted(each.destination(), Failures.body(each.failure())))
            .toList();
    context.console().answer(new Answer(rows, errors), () -> text(context, rows));
    listing.failures().forEach(each -> context.console().error(each.destination(), each.failure()));
    return listing.failures().isEmpty()
        ? ExitCode.OK
        : ExitCode.of(listing.failures().get(0).failure().kind());
  }

  private static Listing ofDirectory(String directory) {
    Listing listing = new Listing();
    listing.add(directory, () -> LocalSettings.parse(Map.of("base_path", directory)).open());
    return listing;
  }

  private Listing ofDestinations(CommandContext context) {
    BackupEngine engine = context.engine();
    List<DestinationRecord> rows =
        place != null && place.destination != null
            ? List.of(engine.catalog().destinations().get(place.destination))
            : engine.destinations().enabled();
    if (rows.isEmpty()) {
      context
          .console()
          .note(
              "No destination is enabled; --from DIR lists a directory (emergency backups: "
                  + engine.home().defaultBackups()
                  + ")");
    }
    Listing listing = new Listing();
    rows.forEach(row -> listing.add(row.name(), () -> engine.source(row)));
    return listing;
  }

  private static String text(CommandContext context, List<Listing.Row> rows) {
    if (rows.isEmpty()) {
      return "No backups";
    }
    Instant now = context.clock().instant();
    boolean several = rows.stream().map(Listing.Row::destination).distinct().count() > 1;
    // Where all lie at one destination, its name would only push the paths off the screen.
    String heading = several ? "DESTINATION" : "";
    Table table =
        context
            .console()
            .table("TAKEN", "INSTANCE", "TYPE", "SIZE", "ENCRYPTED", "PATH", heading)
            .right("SIZE");
    rows.forEach(
        row ->
            table.row(
                Times.relative(row.takenAt(), now),
                Objects.requireNonNullElse(row.instance(), "?"),
                Objects.requireNonNullElse(row.type(), "?"),
                Sizes.human(row.sizeBytes()),
                row.encrypted() ? "yes" : "no",
                row.path(),
                several ? row.destination() : ""));
    return table.toString();
  }
}
