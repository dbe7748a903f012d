package org.tacvault.engine.catalog;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.home.Component;

/**
 * What is known about an execution when it begins.
 *
 * @param destinationId null when it works on a file or directory named by the user
 * @param backupType manual, scheduled, startup or emergency; null when it makes no backup
 * @param triggeredBy who or what, for example {@code manual:admin} or {@code scheduled:<job>}
 * @param components what a restore applies; empty means all, or that the question does not arise
 * @param owner the process that runs it, for example {@code 4711@fra1}; see {@link
 *     Catalog#reconcile}
 * @param undoes the id of the restore that this one takes back, if any
 */
public record NewExecution(
    ExecutionKind kind,
    @Nullable String destinationId,
    @Nullable String backupType,
    @Nullable String triggeredBy,
    @Nullable String comment,
    @Nullable String instanceName,
    Set<Component> components,
    @Nullable String owner,
    Instant startedAt,
    @Nullable String undoes) {
  public NewExecution {
    Set<Component> copy = EnumSet.noneOf(Component.class);
    copy.addAll(components);
    components = copy;
  }

  @Override
  public Set<Component> components() {
    return Collections.unmodifiableSet(components);
  }
}
