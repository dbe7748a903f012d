package org.tacvault.server.api.restore;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.restore.PreparedRestore;
import org.tacvault.engine.restore.RestoreListener;
import org.tacvault.engine.restore.RestoreOptions;
import org.tacvault.engine.restore.RestorePlan;
import org.tacvault.engine.restore.RestoreReport;
import org.tacvault.engine.restore.RestoreRequest;
import org.tacvault.engine.restore.UndoTarget;
import org.tacvault.server.api.archive.ArchiveChoice;
import org.tacvault.server.api.archive.ChosenArchive;
import org.tacvault.server.run.RunExecutor;
import org.tacvault.server.run.StartedRun;

/** Makes the restores that requests ask for. */
@Service
public final class Restores {
  private final BackupEngine engine;
  private final ArchiveChoice archives;
  private final RunExecutor runs;

  Restores(BackupEngine engine, ArchiveChoice archives, RunExecutor runs) {
    this.engine = engine;
    this.archives = archives;
    this.runs = runs;
  }

  /** Starts a restore; what is wrong with the request, or no archive there, is thrown before. */
  public StartedRun<RestoreViews.Restored> start(RestoreWish wish, String triggeredBy) {
    Set<Component> components = RestoreChoices.components(wish.components());
    RestoreOptions options = RestoreChoices.options(wish, components);
    Keys keys = archives.keys(wish.passphrase(), wish.identity());
    archives.choose(wish.destinationId(), wish.backupPath()).close();
    return runs.start(
        progress -> {
          try (ChosenArchive chosen = archives.choose(wish.destinationId(), wish.backupPath())) {
            return make(
                new RestoreRequest(chosen.ref(), components, keys, options, triggeredBy, progress));
          }
        });
  }

  /** Starts the undo of the last restore. */
  public StartedRun<RestoreViews.Restored> startUndo(UndoWish wish, String triggeredBy) {
    Set<Component> components = RestoreChoices.components(wish.components());
    Keys keys = archives.keys(wish.passphrase(), wish.identity());
    RestoreOptions options = RestoreOptions.PLAIN.withForce(Boolean.TRUE.equals(wish.force()));
    UndoTarget target = engine.restores().undoTarget();
    return runs.start(
        progress -> make(target.request(components, keys, options, triggeredBy, progress)));
  }

  /** Plans a restore; nothing is claimed, recorded or changed. */
  public RestoreViews.Preview preview(RestoreWish wish, String triggeredBy) {
    Set<Component> components = RestoreChoices.components(wish.components());
    RestoreOptions options = RestoreChoices.options(wish, components);
    try (ChosenArchive chosen = archives.choose(wish.destinationId(), wish.backupPath())) {
      return RestoreViews.Preview.of(
          chosen.ref().label(), options.history(), plan(wish, triggeredBy));
    }
  }

  /** What a restore would change; nothing is claimed, recorded or changed. */
  public RestorePlan plan(RestoreWish wish, String triggeredBy) {
    Set<Component> components = RestoreChoices.components(wish.components());
    RestoreOptions options = RestoreChoices.options(wish, components).withDryRun(true);
    Keys keys = archives.keys(wish.passphrase(), wish.identity());
    try (ChosenArchive chosen = archives.choose(wish.destinationId(), wish.backupPath());
        PreparedRestore prepared =
            engine
                .restores()
                .prepare(
                    new RestoreRequest(
                        chosen.ref(),
                        components,
                        keys,
                        options,
                        triggeredBy,
                        RestoreListener.NONE))) {
      return prepared.plan();
    }
  }

  private RestoreViews.Restored make(RestoreRequest request) {
    try (PreparedRestore prepared = engine.restores().prepare(request)) {
      RestorePlan plan = prepared.plan();
      RestoreReport report = prepared.apply();
      @Nullable Execution undone = request.undoes();
      return RestoreViews.Restored.of(report, plan, undone == null ? null : undone.id());
    }
  }
}
