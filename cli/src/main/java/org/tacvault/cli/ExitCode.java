package org.tacvault.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tacvault.engine.error.ErrorKind;

/** What a command tells the shell; scripts rely on these numbers. */
public enum ExitCode {
  OK(0, "done"),
  FAILED(1, "failed"),
  USAGE(2, "wrong arguments, or an explicit confirmation is missing"),
  WARNINGS(3, "done, with warnings"),
  NOT_FOUND(10, "home, archive, destination or execution not found"),
  BUSY(11, "another backup or restore is running"),
  WRONG_KEY(12, "passphrase or key is missing or wrong"),
  ACCESS_DENIED(13, "access denied"),
  UNREACHABLE(14, "a destination or server does not answer"),
  VERIFICATION_FAILED(20, "verification failed"),
  INTERRUPTED(130, "interrupted");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public int code() {
    return code;
  }

  /** What it means, for help and documents. */
  String meaning() {
    return meaning;
  }

  /** The one mapping from failures to exit codes. */
  public static ExitCode of(ErrorKind kind) {
    return switch (kind) {
      case FAILED, INVALID_CONFIG, CONFLICT, NO_SPACE -> FAILED;
      case INVALID_INPUT, REFUSED -> USAGE;
      case NOT_FOUND -> NOT_FOUND;
      case BUSY -> BUSY;
      case WRONG_KEY -> WRONG_KEY;
      case ACCESS_DENIED -> ACCESS_DENIED;
      case UNREACHABLE -> UNREACHABLE;
      case VERIFICATION_FAILED -> VERIFICATION_FAILED;
      case INTERRUPTED -> INTERRUPTED;
    };
  }

  /** Code to meaning, for the help of every command. */
  static Map<String, String> table() {
    Map<String, String> table = new LinkedHashMap<>();
    Arrays.stream(values()).forEach(exit -> table.put("%3d".formatted(exit.code), exit.meaning));
    return table;
  }
}
