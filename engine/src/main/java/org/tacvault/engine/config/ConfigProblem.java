package org.tacvault.engine.config;

/**
 * One thing that is wrong or doubtful in a configuration. Never holds the text of a value that may
 * be secret.
 *
 * @param where {@code file:line}, or the variable, override or default that the value comes from
 * @param what what is wrong, naming section and key where there are any
 * @param allowed what would be right
 */
public record ConfigProblem(String where, String what, String allowed) {
  /** One line for a person: {@code config/tacacs.conf:12: ...}. */
  public String text() {
    return where + ": " + what + "; " + allowed;
  }
}
