package org.tacvault.engine.restore;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.tacvault.engine.catalog.Catalog;
import org.tacvault.engine.catalog.ExecutionResult;
import org.tacvault.engine.home.Component;

/**
 * Finishes what a killed restore left, in one direction only: all old, or all new. A restore that
 * is held is none of these: see {@link HeldRestores}.
 */
public final class Recovery {
  /** What a killed restore was brought to. */
  public enum Outcome {
    /** The old content is back. */
    ROLLED_BACK,
    /** The restore had been committed; its new content stays. */
    COMMITTED,
    /** It had waited to be confirmed, and was; its new content stays. */
    KEPT,
    /** It had been in place and waited to be confirmed; the old content is back. */
    WENT_BACK
  }

  /**
   * What was recovered.
   *
   * @param executionId the restore that was killed
   * @param components what it was replacing
   * @param undoneBy the execution that records its going back; only with {@link Outcome#WENT_BACK}
   * @param record what the restore had changed
   * @param server what became of the TACACS+ server
   * @param losses what could not be brought along of the rows of histories that came meanwhile, a
   *     sentence each
   */
  public record Report(
      String executionId,
      Outcome outcome,
      List<Component> components,
      Optional<String> undoneBy,
      RestoreRecord record,
      ServerRecovery server,
      List<String> losses) {
    public Report {
      losses = List.copyOf(losses);
    }

    Report(
        String executionId,
        Outcome outcome,
        List<Component> components,
        Optional<String> undoneBy,
        RestoreRecord record,
        ServerRecovery server) {
      this(executionId, outcome, components, undoneBy, record, server, List.of());
    }

    Report with(ServerRecovery newServer) {
      return new Report(executionId, outcome, components, undoneBy, record, newServer, losses);
    }

    Report with(List<String> newLosses) {
      return new Report(executionId, outcome, components, undoneBy, record, server, newLosses);
    }

    /** What has to be said besides that everything is as before. */
    public String remark() {
      return server.remark()
          + losses.stream().map(loss -> "; " + loss).collect(Collectors.joining());
    }

    /** What is known of a restore that was killed before it could record its end. */
    public ExecutionResult result(Catalog catalog) {
      return record.result(catalog, executionId);
    }
  }

  private Recovery() {}

  /**
   * Recovers the journal in {@code directory}, if there is one. The caller holds the home's restore
   * lock, so that no living restore is disturbed. On failure the journal stays, and it can be tried
   * again; a server that does not come up is told and keeps no journal.
   *
   * @param controls gives for the id of a restore what stops and starts the server; asked when the
   *     old configuration is back
   * @param record writes down what became of the restore, before the journal forgets it, and tells
   *     whether it could, else the journal stays; may be called again when this process is killed
   *     before that
   */
  public static Optional<Report> run(
      Path directory, Function<String, ServerControl> controls, Predicate<Report> record) {
    if (!Files.exists(directory)) {
      return Optional.empty();
    }
    Optional<RestoreJournal> journal = RestoreJournal.open(directory);
    if (journal.isEmpty()) {
      RestoreJournal.removeDirectory(directory);
      return Optional.empty();
    }
    return journal
        .filter(found -> found.state() != JournalState.HELD)
        .map(found -> recover(found, controls, record));
  }

  private static Report recover(
      RestoreJournal journal, Function<String, ServerControl> controls, Predicate<Report> record) {
    Report report = report(journal);
    if (journal.state() == JournalState.APPLYING) {
      journal.rollBack(() -> recordIfGone(journal, report, record));
    }
    Report ended =
        journal.state() == JournalState.COMMITTED
            ? report
            : report
                .with(journal.losses())
                .with(ServerRecovery.run(journal, controls, ServerOperation.RECOVERY));
    boolean recorded = record.test(ended);
    if (journal.state() == JournalState.ROLLED_BACK) {
      journal.end(recorded);
    } else if (recorded) {
      journal.remove();
    }
    return ended;
  }

  /**
   * Of a restore that is being taken back the journal alone knows that it is more than interrupted;
   * unless the server has to be brought up, it is forgotten as soon as the old content is back.
   */
  private static boolean recordIfGone(
      RestoreJournal journal, Report report, Predicate<Report> record) {
    return report.outcome() != Outcome.WENT_BACK
        || journal.serverControlled()
        || record.test(report.with(journal.losses()));
  }

  private static Report report(RestoreJournal journal) {
    return new Report(
        journal.executionId(),
        outcome(journal),
        journal.components(),
        journal.undoneBy(),
        RestoreRecord.ofSteps(journal.steps()),
        ServerRecovery.NONE);
  }

  private static Outcome outcome(RestoreJournal journal) {
    if (journal.state() == JournalState.COMMITTED) {
      return journal.hold().isPresent() ? Outcome.KEPT : Outcome.COMMITTED;
    }
    boolean wasInPlace = journal.undoneBy().isPresent() || journal.hold().isPresent();
    return wasInPlace ? Outcome.WENT_BACK : Outcome.ROLLED_BACK;
  }
}
