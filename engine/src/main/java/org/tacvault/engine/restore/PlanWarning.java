package org.tacvault.engine.restore;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something to think about before a restore.
 *
 * @param member the archived file that it is about; none when it is about the whole backup
 * @param message one sentence without control characters
 */
public record PlanWarning(Kind kind, @Nullable String member, String message) {
  /** What it is about. */
  public enum Kind {
    /** The backup is older than it should be. */
    OLD_BACKUP,
    /** The backup claims to be from the future: a clock was or is wrong. */
    FUTURE_BACKUP,
    /** The backup is of another TACACS+ server. */
    OTHER_INSTANCE,
    /** Live tables or columns are not those of the backup. */
    OTHER_SCHEMA,
    /** Rows came since the backup and would be gone. */
    NEWER_ROWS_LOST,
    /** The restore that is undone made it, so it would be removed. */
    WOULD_BE_REMOVED,
    /** A history cannot be merged, or not all of it. */
    NOT_MERGED,
    /** Accounts, privileges or secrets were withdrawn since the backup and would come back. */
    REVOCATIONS_UNDONE,
    /** What was withdrawn since the backup is not known, so it may come back. */
    REVOCATIONS_UNKNOWN,
    /** Nothing is restored in which something could have been withdrawn. */
    NOTHING_TO_KEEP,
    /** There is nothing live in the place of an archived file. */
    LIVE_MISSING,
    /** What is live cannot be read, so what would change is not known. */
    LIVE_UNREADABLE,
    /** A table or file can be restored but not compared. */
    NOT_COMPARABLE,
    /** The archived file was kept raw because its database was broken; it cannot be restored. */
    RAW_MEMBER,
    /** The selected file is not in the backup, so the live one stays. */
    NOT_IN_BACKUP;

    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether everything was compared in spite of this. */
  boolean isComparisonWhole() {
    return kind != Kind.LIVE_UNREADABLE && kind != Kind.NOT_COMPARABLE;
  }

  public PlanWarning {
    message = message.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]+", " ").strip();
  }
}
