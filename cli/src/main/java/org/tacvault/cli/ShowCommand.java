package org.tacvault.cli;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.tacvault.cli.output.Console;
import org.tacvault.cli.output.Json;
import org.tacvault.cli.output.Sizes;
import org.tacvault.cli.output.Table;
import org.tacvault.cli.output.Times;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.manifest.Manifest;
import org.tacvault.engine.manifest.ManifestEntry;
import org.tacvault.engine.manifest.ManifestJson;
import org.tacvault.engine.verify.ArchiveOpener;
import org.tacvault.engine.verify.ArchiveRef;
import org.tacvault.engine.verify.VerifyListener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Shows what an archive says about itself; {@link VerifyCommand} proves that it is true. With
 * {@code --json}: {@code archive} and {@code manifest}, the latter as {@code manifest.json} in the
 * archive has it.
 */
@Command(
    name = "show",
    description = "Show what a backup holds, without restoring it.",
    footer = {"", "Example: tacvault show --latest"})
final class ShowCommand extends TacvaultCommand {
  /** What {@code --json} prints. */
  record Answer(String archive, Object manifest) {}

  @Mixin private ArchiveChoice choice = new ArchiveChoice();

  @Override
  ExitCode run(CommandContext context) {
    choice.check(this);
    try (ChosenArchive chosen = choice.choose(context)) {
      Manifest manifest = manifest(context, chosen.ref());
      context
          .console()
          .answer(
              new Answer(chosen.ref().label(), Json.tree(ManifestJson.write(manifest))),
              () -> text(context, chosen.ref(), manifest));
      return ExitCode.OK;
    }
  }

  private static Manifest manifest(CommandContext context, ArchiveRef archive) {
    Keys keys = new KeySource(context).keysFor(archive);
    if (archive instanceof ArchiveRef.Stored) {
      return context.engineForRestore().verifier().manifest(archive, keys);
    }
    ArchiveOpener opener = new ArchiveOpener(keys, VerifyListener.NONE);
    return BareHost.inWorkDirectory(work -> opener.manifest(archive, work));
  }

  private static String text(CommandContext context, ArchiveRef archive, Manifest manifest) {
    Manifest.Backup backup = manifest.backup();
    List<String> lines = new ArrayList<>();
    lines.add(archive.label());
    lines.add("  instance   " + Console.printable(backup.instanceName()) + on(backup.hostname()));
    lines.add(
        "  taken      %s (%s)"
            .formatted(
                Times.absolute(backup.timestamp(), ZoneId.systemDefault()),
                Times.relative(backup.timestamp(), context.clock().instant())));
    lines.add(
        "  type       %s, by %s"
            .formatted(Console.printable(backup.type()), Console.printable(backup.triggeredBy())));
    if (backup.comment() != null) {
      lines.add("  comment    " + Console.printable(backup.comment()));
    }
    lines.add("  writer     " + Console.printable(manifest.system().serverVersion()));
    if (!manifest.missing().isEmpty()) {
      lines.add("  missing    " + Console.printable(String.join(", ", manifest.missing())));
    }
    lines.add("");
    lines.add(table(context.console(), manifest).toString());
    return String.join("\n", lines);
  }

  private static String on(String hostname) {
    return hostname.isEmpty() ? "" : " on " + Console.printable(hostname);
  }

  private static Table table(Console console, Manifest manifest) {
    Table table = console.table("FILE", "SIZE", "RECORDS", "SHA-256").right("SIZE", "RECORDS");
    for (ManifestEntry entry : manifest.contents()) {
      Long records = entry.records();
      table.row(
          entry.file(),
          Sizes.human(entry.sizeBytes()),
          records == null ? "" : "%,d".formatted(records),
          entry.sha256());
    }
    return table.row(
        "",
        Sizes.human(manifest.totalSizeBytes()),
        "%,d".formatted(BackupAnswer.records(manifest)),
        "");
  }
}
