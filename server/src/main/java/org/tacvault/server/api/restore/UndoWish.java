package org.tacvault.server.api.restore;

import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.secret.Secret;

/**
 * An undo of the last restore.
 *
 * @param components what of it; all that it changed when absent or empty
 * @param confirm nothing is undone without it
 * @param force go on without an emergency backup
 * @param passphrase opens the emergency backup; what the server is configured with when absent
 * @param identity an age key that opens it
 */
public record UndoWish(
    @Nullable List<@NotNull String> components,
    @Nullable Boolean confirm,
    @Nullable Boolean force,
    @Nullable Secret passphrase,
    @Nullable Secret identity) {
  boolean isConfirmed() {
    return Boolean.TRUE.equals(confirm);
  }
}
