package org.tacvault.engine.error;

/** What kind of failure this is; the surfaces map it to an exit code or an HTTP status. */
public enum ErrorKind {
  /** Something went wrong that no other kind names. */
  FAILED,
  /** The caller asked for something that cannot be: a bad name, value or combination. */
  INVALID_INPUT,
  /** The configuration cannot be read or holds values that are not allowed. */
  INVALID_CONFIG,
  /** A home, archive, destination or execution that does not exist. */
  NOT_FOUND,
  /** It exists already, or is still in use. */
  CONFLICT,
  /** Another thread or process holds the claim; trying later may succeed. */
  BUSY,
  /** The passphrase or identity is missing or does not open the archive. */
  WRONG_KEY,
  /** The operating system or store refuses access. */
  ACCESS_DENIED,
  /** A store or server does not answer. */
  UNREACHABLE,
  /** Bytes, checksums, counts or databases are not what they should be. */
  VERIFICATION_FAILED,
  /** Too little room on a disk or at a store. */
  NO_SPACE,
  /** It could be done, but only with an explicit confirmation or override. */
  REFUSED,
  /** The user or the operating system stopped it. */
  INTERRUPTED
}
