package org.tacvault.engine.restore;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.source.EntryType;
import org.tacvault.engine.source.FileSource;
import org.tacvault.engine.source.Source;
import org.tacvault.engine.source.SqliteSource;
import org.tacvault.engine.sqlite.HistoryMark;

/**
 * One live file that a restore replaces.
 *
 * @param kept how its old content is kept in the journal; null until it is about to be touched
 * @param mark of a history, how far the rows go that the restore put there; null until it has, and
 *     of everything else
 */
record JournalStep(
    Component component,
    String member,
    EntryType type,
    Path live,
    Source.@Nullable Kept kept,
    @Nullable HistoryMark mark) {
  static JournalStep of(Source source) {
    return new JournalStep(
        source.component(), source.member(), source.type(), source.live(), null, null);
  }

  JournalStep withKept(Source.Kept newKept, @Nullable HistoryMark newMark) {
    return new JournalStep(component, member, type, live, newKept, newMark);
  }

  /**
   * Makes the live one what it was, if it was touched at all.
   *
   * @return what is lost of the rows that came since, a sentence each
   */
  List<String> putBack(Path undo) {
    if (kept == null) {
      source().settle();
      return List.of();
    }
    if (mark != null) {
      return source().putBack(kept, undo, mark);
    }
    source().putBack(kept, undo);
    return List.of();
  }

  /**
   * The source, from what was written down: the configuration may be among what was half restored.
   */
  Source source() {
    return type == EntryType.DATABASE
        ? new SqliteSource(component, member, live)
        : new FileSource(component, member, live);
  }
}
