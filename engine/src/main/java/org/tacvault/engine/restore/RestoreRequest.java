package org.tacvault.engine.restore;

import java.util.Set;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.verify.ArchiveRef;

/**
 * One restore to make.
 *
 * @param components what to restore; empty means everything that the archive holds
 * @param force goes on without an emergency backup when it fails, and restores to paths outside the
 *     home that the archive names
 * @param dryRun plans only: nothing is claimed, recorded or changed
 */
public record RestoreRequest(
    ArchiveRef archive,
    Set<Component> components,
    Keys keys,
    boolean force,
    boolean dryRun,
    String triggeredBy,
    RestoreListener listener) {
  public RestoreRequest {
    components = Set.copyOf(components);
  }
}
