package org.tacvault.engine.restore;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.source.EntryType;
import org.tacvault.engine.source.FileSource;
import org.tacvault.engine.source.Source;
import org.tacvault.engine.source.SqliteSource;

/**
 * One live file that a restore replaces.
 *
 * @param kept how its old content is kept in the journal; null until it is about to be touched
 */
record JournalStep(
    Component component, String member, EntryType type, Path live, Source.@Nullable Kept kept) {
  static JournalStep of(Source source) {
    return new JournalStep(source.component(), source.member(), source.type(), source.live(), null);
  }

  JournalStep withKept(Source.Kept newKept) {
    return new JournalStep(component, member, type, live, newKept);
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
