package org.tacvault.engine.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.Interruption;
import org.tacvault.engine.error.Printable;

/** Turns SQLite's result codes into engine failures (https://www.sqlite.org/rescode.html). */
final class SqliteFailures {
  static final int ERROR = 1;
  static final int BUSY = 5;
  static final int LOCKED = 6;
  static final int READONLY = 8;
  static final int INTERRUPT = 9;
  static final int CORRUPT = 11;
  static final int FULL = 13;
  static final int CANTOPEN = 14;
  static final int TOOBIG = 18;
  static final int NOTADB = 26;

  private SqliteFailures() {}

  /**
   * Of a copy of ours, which nobody else has open: when SQLite cannot work out what its schema says
   * (an unknown function, module or collation, too long a value), the database is at fault.
   */
  static EngineException ofCopy(String operation, Path copy, SQLException cause) {
    return switch (Sqlite.resultCode(cause)) {
      case ERROR, TOOBIG ->
          corrupt(operation, copy, "SQLite cannot work with it: " + reason(cause), cause);
      // The file is ours, so it is its header that forbids to open or write it.
      case CANTOPEN, READONLY ->
          corrupt(operation, copy, "its header asks for another version of SQLite", cause);
      default -> of(operation, copy, cause);
    };
  }

  static EngineException of(String operation, Path database, SQLException cause) {
    String subject = database.toString();
    if (isFullDisk(cause)) {
      return full(operation, subject, cause);
    }
    return switch (Sqlite.resultCode(cause)) {
      case BUSY, LOCKED ->
          failure(
                  ErrorKind.BUSY,
                  operation,
                  subject,
                  "the database is locked by another process",
                  cause)
              .withHint("a program holds a long transaction on it; try again when it is done");
      case CORRUPT -> corrupt(operation, database, "the database is malformed", cause);
      case NOTADB -> corrupt(operation, database, "the file is not a SQLite database", cause);
      case CANTOPEN, READONLY ->
          failure(
                  ErrorKind.ACCESS_DENIED,
                  operation,
                  subject,
                  "the database cannot be opened",
                  cause)
              .withHint("check owner and mode of the file and its directory");
      case INTERRUPT -> stopped(operation, database, cause);
      default -> failure(ErrorKind.FAILED, operation, subject, reason(cause), cause);
    };
  }

  /** By the thread's interruption, or because it took too long: see {@link Guard}. */
  private static EngineException stopped(String operation, Path database, SQLException cause) {
    Interruption.check(operation, database);
    return corrupt(
        operation,
        database,
        "its schema makes SQLite compute without end, which no genuine one does",
        cause);
  }

  /** What SQLite says may hold names from the database. */
  private static String reason(SQLException cause) {
    return Printable.of(String.valueOf(cause.getMessage()));
  }

  /** A reader of a WAL database needs room as well, for the index of the log. */
  private static boolean isFullDisk(SQLException cause) {
    return Sqlite.resultCode(cause) == FULL
        || cause instanceof SQLiteException known
            && known.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE;
  }

  private static EngineException full(String operation, String subject, SQLException cause) {
    return failure(ErrorKind.NO_SPACE, operation, subject, "no space left on the device", cause)
        .withHint("free some space and try again");
  }

  static EngineException corrupt(String operation, Path database, String reason) {
    return new EngineException(ErrorKind.VERIFICATION_FAILED, operation, database, reason)
        .withHint("restore this database from the last good backup: tacvault list");
  }

  private static EngineException corrupt(
      String operation, Path database, String reason, SQLException cause) {
    return corrupt(operation, database, reason).withCause(cause);
  }

  private static EngineException failure(
      ErrorKind kind, String operation, String subject, String reason, SQLException cause) {
    return new EngineException(kind, operation, subject, reason).withCause(cause);
  }
}
