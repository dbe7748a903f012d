package org.tacvault.engine.catalog;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** Turns SQLite's result codes (sqlite.org/rescode.html) into failures with a cure. */
final class SqlFailures {
  private static final int PRIMARY_CODE = 0xff;

  private SqlFailures() {}

  static EngineException of(
      String verb, String name, Path file, String whenLost, SQLException cause) {
    String operation = verb + " " + name;
    return switch (cause.getErrorCode() & PRIMARY_CODE) {
      case 5, 6 ->
          failure(ErrorKind.BUSY, operation, file, "another process keeps it locked", cause)
              .withHint("try again; see with lsof or fuser who has the file open");
      case 3, 8 ->
          failure(ErrorKind.ACCESS_DENIED, operation, file, "may not be written", cause)
              .withHint("check owner and mode of the file and its directory");
      case 10 ->
          failure(ErrorKind.FAILED, operation, file, "the disk reports an error", cause)
              .withHint("check the disk, and the system's log");
      case 11, 26 ->
          failure(
                  ErrorKind.VERIFICATION_FAILED,
                  operation,
                  file,
                  "corrupt, or not a " + name,
                  cause)
              .withHint(
                  "move it away, with its -journal and -wal if there are any, and start again: "
                      + whenLost);
      case 13 ->
          failure(ErrorKind.NO_SPACE, operation, file, "no space left on the device", cause)
              .withHint("free some space at " + file.getParent());
      case 14 -> cannotOpen(operation, file, cause);
      case 19 ->
          failure(ErrorKind.CONFLICT, operation, file, "a value is already taken", cause)
              .withHint("choose another name");
      default ->
          failure(ErrorKind.FAILED, operation, file, String.valueOf(cause.getMessage()), cause);
    };
  }

  private static EngineException cannotOpen(String operation, Path file, SQLException cause) {
    return Files.exists(file)
        ? failure(ErrorKind.ACCESS_DENIED, operation, file, "cannot be opened", cause)
            .withHint("check owner and mode of the file and its directory")
        : failure(ErrorKind.NOT_FOUND, operation, file, "does not exist any more", cause)
            .withHint("start again: a new one is made");
  }

  private static EngineException failure(
      ErrorKind kind, String operation, Path file, String reason, Exception cause) {
    return new EngineException(kind, operation, file, reason).withCause(cause);
  }
}
