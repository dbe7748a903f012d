package org.tacvault.engine.restore;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.sqlite.HistoryMark;

/** Replaces live files by staged copies, all or none. */
final class Applier {
  private final Path journalDirectory;
  private final RestoreListener listener;
  private final Optional<Trial> trial;
  private final ServerSession server;

  Applier(Path journalDirectory, RestoreListener listener) {
    this(
        journalDirectory,
        listener,
        Optional.empty(),
        new ServerSession(ServerControl.NONE, ServerOperation.RESTORE, listener));
  }

  /**
   * @param trial when the journal is to hold what was before until the restore is confirmed
   * @param server stopped before the first change and started after the last
   */
  Applier(
      Path journalDirectory,
      RestoreListener listener,
      Optional<Trial> trial,
      ServerSession server) {
    this.journalDirectory = journalDirectory;
    this.listener = listener;
    this.trial = trial;
    this.server = server;
  }

  /**
   * Makes each change with the file of its member's name in {@code staged}. When this returns, all
   * are made; when it throws, all are as before, or the failure says that the journal has to be
   * recovered.
   *
   * @param record writes down that everything is in place; until it has, the journal tells the next
   *     start
   * @return what could not be recorded or cleaned up after everything was in place; the next start
   *     does it
   */
  Optional<String> apply(
      String executionId, Instant now, List<Change> changes, Path staged, Runnable record) {
    RestoreJournal journal =
        RestoreJournal.begin(
            journalDirectory,
            executionId,
            now,
            changes.stream().map(Change::source).toList(),
            server.isControlled());
    try {
      server.stop();
      for (int index = 0; index < changes.size(); index++) {
        change(journal, index, changes.get(index), staged);
      }
      server.start();
      trial.ifPresentOrElse(held -> journal.hold(held.begin()), journal::commit);
    } catch (RuntimeException | Error e) {
      throw goBack(journal, e);
    }
    return end(journal, record);
  }

  private static Optional<String> end(RestoreJournal journal, Runnable record) {
    try {
      record.run();
      if (journal.state() != JournalState.HELD) {
        journal.remove();
      }
      return Optional.empty();
    } catch (EngineException e) {
      return Optional.of(
          "everything is restored, but the next start has to end it: " + e.getMessage());
    }
  }

  private void change(RestoreJournal journal, int index, Change change, Path staged) {
    String member = change.source().member();
    listener.step(RestoreStep.KEEP, member);
    journal.keep(index);
    listener.step(RestoreStep.REPLACE, member);
    change.apply(
        staged,
        new JournalMoments(journal, index),
        (copied, total) -> listener.progress(member, copied, total));
    listener.step(RestoreStep.REPLACED, member);
  }

  private record JournalMoments(RestoreJournal journal, int index) implements Change.Moments {
    @Override
    public void last(@Nullable HistoryMark mark) {
      journal.seal(index, mark);
    }

    @Override
    public void merged(HistoryMark mark) {
      journal.mark(index, mark);
    }
  }

  /** Makes everything as before, the server included; returns what is to be thrown. */
  private RuntimeException goBack(RestoreJournal journal, Throwable failure) {
    // An interrupt is often why it failed; it must not make the way back fail as well.
    boolean interrupted = Thread.interrupted();
    try {
      server.stopAgain().ifPresent(failure::addSuppressed);
      rollBack(journal, failure);
      RuntimeException told = withLosses(journal.losses(), server.startAgain(failure));
      remove(journal, told);
      if (failure instanceof Error error) {
        throw error;
      }
      return told;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException withLosses(List<String> losses, RuntimeException told) {
    return losses.isEmpty()
        ? told
        : ServerSession.told(told, String.join("; ", losses), Optional.empty());
  }

  /** It holds nothing any more; the next start removes it as well. */
  private static void remove(RestoreJournal journal, RuntimeException told) {
    try {
      journal.remove();
    } catch (EngineException e) {
      told.addSuppressed(e);
    }
  }

  private void rollBack(RestoreJournal journal, Throwable failure) {
    try {
      journal.rollBack();
    } catch (RuntimeException e) {
      e.addSuppressed(failure);
      throw server.leaveDown(
          new EngineException(
                  ErrorKind.FAILED,
                  "roll back restore",
                  journalDirectory,
                  "the old content could not be put back yet: " + e.getMessage())
              .withHint(
                  "the old content is safe in the journal; mend the cause and run: tacvault recover")
              .withCause(e));
    }
  }
}
