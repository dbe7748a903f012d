package org.tacvault.engine.restore;

import java.util.Set;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.verify.ArchiveRef;

/**
 * One restore to make.
 *
 * @param components what to restore; empty means everything that the archive holds
 */
public record RestoreRequest(
    ArchiveRef archive,
    Set<Component> components,
    Keys keys,
    RestoreOptions options,
    String triggeredBy,
    RestoreListener listener) {
  public RestoreRequest {
    components = Set.copyOf(components);
  }
}
