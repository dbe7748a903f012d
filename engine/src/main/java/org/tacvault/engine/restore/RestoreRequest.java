package org.tacvault.engine.restore;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.verify.ArchiveRef;

/**
 * One restore to make.
 *
 * @param components what to restore; empty means everything that the archive holds
 * @param undoes the restore whose emergency backup this is; what it made goes
 */
public record RestoreRequest(
    ArchiveRef archive,
    Set<Component> components,
    Keys keys,
    RestoreOptions options,
    String triggeredBy,
    RestoreListener listener,
    @Nullable Execution undoes) {
  /** One that undoes nothing. */
  public RestoreRequest(
      ArchiveRef archive,
      Set<Component> components,
      Keys keys,
      RestoreOptions options,
      String triggeredBy,
      RestoreListener listener) {
    this(archive, components, keys, options, triggeredBy, listener, null);
  }

  public RestoreRequest {
    components = Set.copyOf(components);
  }
}
