package org.tacvault.engine.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.source.Source;
import org.tacvault.engine.source.SqliteSource;
import org.tacvault.engine.testing.EraDatabase;
import org.tacvault.engine.testing.EraProcess;
import org.tacvault.engine.testing.SqlSession;

/** What the server commits around the replacement is there when a restore is rolled back. */
class ExactUndoTest {
  @TempDir Path root;

  @ParameterizedTest
  @CsvSource({
    "jvm, WAL",
    "jvm, DELETE",
    "jvm, TRUNCATE",
    "jvm, PERSIST",
    "python3, WAL",
    "python3, DELETE"
  })
  void nothingThatAHistoryTookInBeforeOrAfterTheReplacementIsLost(String tool, String mode)
      throws Exception {
    Path live = scene(mode, 20_000);
    Path log = root.resolve("commits");
    try (EraProcess writer = EraProcess.writer(tool, log, live)) {
      assertThatThrownBy(() -> apply(live, at(RestoreStep.REPLACED, () -> {})))
          .hasMessage("step is fatal");
      assertThat(writer.end()).isEqualTo("old");
    }
    assertThat(EraDatabase.written(live, "debit", "old"))
        .containsAll(EraProcess.committed(log, "old", live));
    // What came into the new content of a history is brought along.
    assertThat(EraDatabase.written(live, "debit", "new"))
        .isEqualTo(EraProcess.committed(log, "new", live))
        .isEqualTo(EraDatabase.written(live, "credit", "new"));
    assertThat(EraDatabase.text(live, "PRAGMA integrity_check")).isEqualTo("ok");
  }

  @ParameterizedTest
  @ValueSource(strings = {"WAL", "DELETE"})
  void rowBetweenUndoCopyAndReplacementComesBack(String mode) throws Exception {
    Path live = scene(mode, 100);
    try (SqlSession other = SqlSession.open("jvm", live)) {
      RestoreListener listener =
          new RestoreListener() {
            @Override
            public void step(RestoreStep step, String subject) {
              if (step == RestoreStep.REPLACE) {
                insert(other);
              } else if (step == RestoreStep.REPLACED) {
                throw new IllegalStateException("step is fatal");
              }
            }
          };
      assertThatThrownBy(() -> apply(live, listener)).hasMessage("step is fatal");
      assertThat(other.ask("SELECT name FROM era_first")).isEqualTo("old");
      assertThat(other.ask("SELECT seq FROM debit")).isEqualTo("42");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"WAL", "DELETE"})
  void undoCopyThatCannotBeRefreshedStopsTheReplacementAndNothingIsPutBack(String mode)
      throws Exception {
    Path live = scene(mode, 100);
    try (SqlSession other = SqlSession.open("jvm", live)) {
      Runnable spoil =
          () -> {
            insert(other);
            // With a log only that is kept again.
            replaceByDirectory(
                journal().resolve(mode.equals("WAL") ? "undo/live.db-wal" : "undo/live.db"));
          };
      assertThatThrownBy(() -> apply(live, at(RestoreStep.REPLACE, spoil, false)))
          .isInstanceOf(EngineException.class);
      assertThat(other.ask("SELECT name FROM era_first")).isEqualTo("old");
      assertThat(other.ask("SELECT seq FROM debit")).isEqualTo("42");
      assertThat(other.ask("INSERT INTO debit VALUES(43,'old')")).isEmpty();
    }
    assertThat(journal()).doesNotExist();
  }

  @Test
  void failureBeforeTheReplacementPutsNothingBackOverWhatWasWrittenMeanwhile() throws Exception {
    Path live = scene("WAL", 100);
    try (SqlSession other = SqlSession.open("jvm", live)) {
      assertThatThrownBy(() -> apply(live, at(RestoreStep.REPLACE, () -> insert(other))))
          .hasMessage("step is fatal");
      assertThat(other.ask("SELECT seq FROM debit")).isEqualTo("42");
    }
  }

  private Path scene(String mode, int filler) throws Exception {
    Path staged = Files.createDirectory(root.resolve("staged"));
    EraDatabase.create(staged.resolve("live.db"), "WAL", 4096, "new", filler);
    return EraDatabase.create(root.resolve("live.db"), mode, 4096, "old", filler);
  }

  private void apply(Path live, RestoreListener listener) {
    Source source = new SqliteSource(Component.AUDIT, "live.db", live);
    new Applier(journal(), listener)
        .apply(
            "execution-1",
            RestoreScene.NOW,
            List.of(Change.replace(source)),
            root.resolve("staged"),
            () -> {});
  }

  private Path journal() {
    return root.resolve("restore-journal");
  }

  private static void insert(SqlSession session) {
    try {
      assertThat(session.ask("INSERT INTO debit VALUES(42,'old')")).isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void replaceByDirectory(Path file) {
    try {
      Files.deleteIfExists(file);
      Files.createDirectory(file);
      Files.createFile(file.resolve("in-the-way"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RestoreListener at(RestoreStep wanted, Runnable work) {
    return at(wanted, work, true);
  }

  private static RestoreListener at(RestoreStep wanted, Runnable work, boolean fatal) {
    return new RestoreListener() {
      @Override
      public void step(RestoreStep step, String subject) {
        if (step == wanted) {
          work.run();
          if (fatal) {
            throw new IllegalStateException("step is fatal");
          }
        }
      }
    };
  }
}
