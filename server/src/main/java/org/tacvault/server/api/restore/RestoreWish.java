package org.tacvault.server.api.restore;

import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.secret.Secret;

/**
 * A restore that somebody wants. Up to {@code asyncMode} these are the Python server's fields.
 *
 * @param backupPath as a listing gives it
 * @param destinationId id or name; without it {@code backupPath} is a file of this machine
 * @param components what to restore; all when absent or empty
 * @param confirm nothing is restored without it
 * @param asyncMode answer with an execution to follow as soon as there is one
 * @param history merge or replace: what becomes of rows that came since the backup
 * @param keepRevocations do not bring back what was withdrawn since the backup
 * @param confirmWithin go back unless the restore is kept in that time: {@code 90s}, {@code 10m}
 * @param force go on without an emergency backup, and to paths outside of the home
 * @param passphrase opens the archive; what the server is configured with when absent
 * @param identity an age key that opens the archive
 */
public record RestoreWish(
    @NotNull String backupPath,
    @Nullable String destinationId,
    @Nullable List<@NotNull String> components,
    @Nullable Boolean confirm,
    @Nullable Boolean asyncMode,
    @Nullable String history,
    @Nullable Boolean keepRevocations,
    @Nullable String confirmWithin,
    @Nullable Boolean force,
    @Nullable Secret passphrase,
    @Nullable Secret identity) {
  boolean isConfirmed() {
    return Boolean.TRUE.equals(confirm);
  }

  boolean isAsync() {
    return Boolean.TRUE.equals(asyncMode);
  }
}
