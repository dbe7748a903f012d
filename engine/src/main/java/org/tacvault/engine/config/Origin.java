package org.tacvault.engine.config;

import java.nio.file.Path;

/**
 * Where a value comes from.
 *
 * @param kind which of the four layers
 * @param detail {@code path:line}, the name of the variable, or who set the override; empty for a
 *     default
 */
public record Origin(Kind kind, String detail) {
  /** The layers of a configuration, the weakest first. */
  public enum Kind {
    DEFAULT,
    ENVIRONMENT,
    FILE,
    OVERRIDE
  }

  static final Origin DEFAULT = new Origin(Kind.DEFAULT, "");

  static Origin file(Path file, int line) {
    return new Origin(Kind.FILE, file + ":" + line);
  }

  static Origin environment(String variable) {
    return new Origin(Kind.ENVIRONMENT, variable);
  }

  static Origin override(String createdBy) {
    return new Origin(Kind.OVERRIDE, createdBy);
  }

  /** For a person: {@code default}, {@code /srv/config/tacacs.conf:12}, {@code environment X}. */
  public String text() {
    return switch (kind) {
      case DEFAULT -> "default";
      case FILE -> detail;
      case ENVIRONMENT -> "environment " + detail;
      case OVERRIDE -> "override by " + detail;
    };
  }
}
