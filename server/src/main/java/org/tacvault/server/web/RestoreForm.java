package org.tacvault.server.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tacvault.server.api.restore.RestoreWish;
import org.tacvault.server.error.ApiException;

/**
 * What was chosen in the restore wizard, as its forms send it.
 *
 * @param components none means all
 * @param history replace or merge
 * @param revocations {@code keep}, or empty
 * @param within for example {@code 10m}; empty keeps the restore at once
 */
record RestoreForm(
    @Nullable String destination_id,
    @Nullable String backup_path,
    @Nullable List<String> components,
    @Nullable String history,
    @Nullable String revocations,
    @Nullable String within,
    @Nullable String passphrase,
    @Nullable String identity) {

  /** Refuses to go on without a backup, which the pages always send. */
  void requireBackup() {
    if (isBlank(destination_id) || isBlank(backup_path)) {
      throw ApiException.badRequest("destination_id and backup_path must name a backup.");
    }
  }

  RestoreWish wish() {
    return new RestoreWish(
        backup_path,
        destination_id,
        components,
        true,
        true,
        blankIsNull(history),
        "keep".equals(revocations),
        blankIsNull(within),
        false,
        Secrets.of(passphrase == null ? "" : passphrase),
        Secrets.of(identity == null ? "" : identity));
  }

  /** Whether the form brought keys of its own, which have to be typed again for the next step. */
  public boolean hasKeys() {
    return !(passphrase == null || passphrase.isEmpty())
        || !(identity == null || identity.isEmpty());
  }

  public boolean has(String component) {
    return components == null || components.isEmpty() || components.contains(component);
  }

  /** Without the keys. */
  @Override
  public String toString() {
    return "RestoreForm[" + backup_path + "]";
  }

  private static @Nullable String blankIsNull(@Nullable String text) {
    return isBlank(text) ? null : text.strip();
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }
}
