package org.tacvault.engine.retention;

import org.tacvault.engine.destination.StoredArchive;

/**
 * What happens to one stored archive.
 *
 * @param reason why, as the rest of a sentence: "oldest of month 2026-02"
 */
public record Decision(StoredArchive archive, boolean keep, String reason) {
  static Decision keep(StoredArchive archive, String reason) {
    return new Decision(archive, true, reason);
  }

  static Decision delete(StoredArchive archive, String reason) {
    return new Decision(archive, false, reason);
  }

  /** The same archive kept after all, unless it is kept already. */
  Decision orKeep(String floor) {
    return keep ? this : keep(archive, floor);
  }
}
