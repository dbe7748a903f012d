package org.tacvault.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tacvault.cli.output.Console;
import org.tacvault.cli.output.ProgressBar;
import org.tacvault.cli.output.Sizes;
import org.tacvault.cli.output.Times;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.verify.ArchiveOpener;
import org.tacvault.engine.verify.ArchiveRef;
import org.tacvault.engine.verify.ArchiveVerifier;
import org.tacvault.engine.verify.CheckedArchive;
import org.tacvault.engine.verify.VerifyListener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Proves that an archive can be restored; where there is a server, the result is recorded. With
 * {@code --json}: {@code archive, execution_id|null, instance, taken_at, size_bytes, packed_bytes,
 * encrypted, files, records} (rows of each database), {@code duration_ms, warnings}. A bad archive
 * is a failure with exit code 20.
 */
@Command(
    name = "verify",
    description = "Prove that a backup can be restored: checksums, databases, record counts.",
    footer = {"", "Example: tacvault verify --archive backup-fra1-20261123-030000-manual.tar.gz"})
final class VerifyCommand extends TacvaultCommand {
  /** What {@code --json} prints. */
  record Answer(
      String archive,
      @Nullable String executionId,
      String instance,
      Instant takenAt,
      long sizeBytes,
      long packedBytes,
      boolean encrypted,
      int files,
      Map<String, Long> records,
      long durationMs,
      List<String> warnings) {}

  private record Verdict(
      @Nullable String executionId, CheckedArchive archive, List<String> warnings) {}

  @Mixin private ArchiveChoice choice = new ArchiveChoice();

  @Override
  ExitCode run(CommandContext context) {
    choice.check(this);
    try (ChosenArchive chosen = choice.choose(context)) {
      Instant start = context.clock().instant();
      Verdict verdict = verify(context, chosen.ref());
      Answer answer = answer(verdict, Duration.between(start, context.clock().instant()));
      context.console().answer(answer, () -> text(answer));
      answer.warnings().forEach(context.console()::warn);
      return answer.warnings().isEmpty() ? ExitCode.OK : ExitCode.WARNINGS;
    }
  }

  private static Verdict verify(CommandContext context, ArchiveRef archive) {
    Keys keys = new KeySource(context).keysFor(archive);
    try (ProgressBar bar = context.console().progress(context.clock())) {
      VerifyListener listener = Progress.ofVerification(bar);
      if (archive instanceof ArchiveRef.File && !context.hasHome()) {
        return onBareHost(new ArchiveOpener(keys, listener), archive);
      }
      ArchiveVerifier.Verdict recorded =
          context
              .engineForRestore()
              .verifier()
              .verify(archive, keys, context.triggeredBy(), listener);
      return new Verdict(recorded.executionId(), recorded.archive(), recorded.warnings());
    }
  }

  private static Verdict onBareHost(ArchiveOpener opener, ArchiveRef archive) {
    CheckedArchive checked = BareHost.inWorkDirectory(work -> opener.open(archive, work));
    return new Verdict(null, checked, ArchiveVerifier.warnings(checked));
  }

  private static Answer answer(Verdict verdict, Duration duration) {
    CheckedArchive archive = verdict.archive();
    Map<String, Long> records = new TreeMap<>();
    archive.databases().forEach((member, facts) -> records.put(member, facts.records()));
    return new Answer(
        archive.label(),
        verdict.executionId(),
        archive.manifest().backup().instanceName(),
        archive.manifest().backup().timestamp(),
        archive.manifest().totalSizeBytes(),
        archive.packedBytes(),
        archive.isEncrypted(),
        archive.manifest().contents().size(),
        records,
        duration.toMillis(),
        verdict.warnings());
  }

  private static String text(Answer answer) {
    return String.join(
        "\n",
        "Good: " + answer.archive(),
        "  instance   " + Console.printable(answer.instance()),
        "  size       %s, packed %s%s"
            .formatted(
                Sizes.human(answer.sizeBytes()),
                Sizes.human(answer.packedBytes()),
                answer.encrypted() ? ", encrypted" : ""),
        "  checked    %,d records in %d databases, %d files, in %s"
            .formatted(
                answer.records().values().stream().mapToLong(Long::longValue).sum(),
                answer.records().size(),
                answer.files(),
                Times.duration(Duration.ofMillis(answer.durationMs()))));
  }
}
