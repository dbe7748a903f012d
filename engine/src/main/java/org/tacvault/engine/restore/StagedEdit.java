package org.tacvault.engine.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.sqlite.CopyEditor;
import org.tacvault.engine.sqlite.DatabaseFacts;
import org.tacvault.engine.sqlite.ReadableDatabase;
import org.tacvault.engine.sqlite.Row;
import org.tacvault.engine.sqlite.RowQuery;

/** Makes of an archived database one that brings nothing back that was withdrawn since. */
final class StagedEdit {
  private static final String ASIDE = "live-aside";

  private final String member;
  private final Path live;
  private final Path original;
  private final CappedList<Revocation> kept = new CappedList<>();

  /**
   * @param original what the archive holds; only read
   */
  StagedEdit(String member, Path live, Path original) {
    this.member = member;
    this.live = live;
    this.original = original;
  }

  /** What stays withdrawn. */
  Capped<Revocation> kept() {
    return kept.capped();
  }

  /**
   * Writes the edited database to {@code staged} and checks it.
   *
   * @return why not all that was withdrawn is known; that much comes back
   */
  List<String> apply(Path staged) {
    copy(staged);
    if (Files.notExists(live)) {
      return List.of("there is no " + live);
    }
    List<String> unknown = edit(staged);
    if (!kept.capped().isEmpty()) {
      DatabaseFacts.of(staged, DatabaseFacts.Check.QUICK);
    }
    return unknown;
  }

  private void copy(Path staged) {
    try {
      Files.copy(
          original,
          staged,
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES);
    } catch (IOException e) {
      throw IoFailures.of("keep revocations", staged, e);
    }
  }

  private List<String> edit(Path staged) {
    ReadableDatabase now;
    try {
      now = ReadableDatabase.openLive(live, staged.resolveSibling(ASIDE));
    } catch (EngineException e) {
      return List.of(live + " cannot be read: " + e.reason());
    }
    try (now) {
      return edit(staged, now);
    } catch (EditFailed e) {
      throw e.failure;
    }
  }

  private List<String> edit(Path staged, ReadableDatabase now) {
    try (ReadableDatabase then = ReadableDatabase.openCopy(original);
        CopyEditor editor = CopyEditor.open(staged)) {
      List<String> unknown =
          Withdrawals.find(
              member, now, then, (table, query, row, found) -> change(editor, query, row, found));
      editor.commit();
      return unknown;
    }
  }

  private void change(CopyEditor editor, RowQuery query, Row row, RowWithdrawal found) {
    try {
      if (found.isGone()) {
        editor.delete(query, row.key());
      } else {
        editor.set(query, row.key(), found.values());
      }
      found.addTo(kept, row);
    } catch (EngineException e) {
      throw new EditFailed(e);
    }
  }

  /** A failure to edit is none to compare, and must not be taken for one. */
  private static final class EditFailed extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final EngineException failure;

    EditFailed(EngineException failure) {
      super(failure);
      this.failure = failure;
    }
  }
}
