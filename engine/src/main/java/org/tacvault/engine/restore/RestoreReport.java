package org.tacvault.engine.restore;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.host.CommandResult;

/**
 * What a restore did.
 *
 * @param emergencyBackup path of the safety copy of what was live before; null when nothing was
 *     live, or when it failed and the restore went on all the same
 * @param components what was replaced
 * @param restartRequired whether a running TACACS+ server must be restarted to see all of it: it
 *     sees databases that were replaced through SQLite at once, not its configuration nor a file
 *     that was missing or damaged; never after a command started it or made it read its data again
 * @param goesBackAt when it goes back unless it is confirmed; null when it stays
 * @param keptRevocations what was withdrawn since the backup and was left so; only with {@link
 *     RestoreOptions#keepRevocations}
 * @param commands what was run to stop and start it
 */
public record RestoreReport(
    String executionId,
    @Nullable String emergencyBackup,
    List<Component> components,
    boolean restartRequired,
    List<String> warnings,
    @Nullable Instant goesBackAt,
    Capped<Revocation> keptRevocations,
    List<CommandResult> commands) {}
