package org.tacvault.engine.restore;

import java.util.Locale;
import org.tacvault.engine.error.Printable;

/**
 * Something that was withdrawn since the backup, so that a plain restore would bring it back. Tells
 * no value.
 *
 * @param name as in the rest of a plan; foreign text
 */
public record Revocation(NamedKind kind, String name, What what) {
  /** What was withdrawn. */
  public enum What {
    /** A user or user group is gone; of users, only one that is enabled in the backup. */
    DELETED("deleted"),
    DISABLED("disabled"),
    PRIVILEGE_REDUCED("privilege reduced"),
    /** A user is no longer in all of its groups. */
    GROUPS_WITHDRAWN("no longer in all groups"),
    PASSWORD_CHANGED("password changed"),
    /** A device group no longer lets in all of its user groups. */
    ACCESS_WITHDRAWN("no longer open to all user groups"),
    TACACS_SECRET_CHANGED("TACACS+ secret changed"),
    RADIUS_SECRET_CHANGED("RADIUS secret changed"),
    /** Rights or secrets are on one side, and the JSON text of the other cannot be read. */
    METADATA_UNREADABLE("metadata unreadable on one side");

    private final String words;

    What(String words) {
      this.words = words;
    }

    /** For machines: {@code privilege_reduced}. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** For people. */
    public String words() {
      return words;
    }
  }

  /** {@code user bob: deleted}, safe to print. */
  public String text() {
    return kind.singular() + " " + Printable.of(name) + ": " + what.words();
  }
}
