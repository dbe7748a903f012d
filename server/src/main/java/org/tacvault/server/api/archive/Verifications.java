package org.tacvault.server.api.archive;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.verify.ArchiveVerifier;
import org.tacvault.server.run.RunExecutor;
import org.tacvault.server.run.StartedRun;

/** Verifications of archives, each a run that can be followed. */
@Component
public final class Verifications {
  private final BackupEngine engine;
  private final ArchiveChoice archives;
  private final RunExecutor runs;

  Verifications(BackupEngine engine, ArchiveChoice archives, RunExecutor runs) {
    this.engine = engine;
    this.archives = archives;
    this.runs = runs;
  }

  /**
   * Starts one; an archive that is not there fails at once.
   *
   * @param destinationId id or name; null means a file of this machine below an allowed root
   * @param by who asks, for example {@code manual:admin}
   */
  public StartedRun<ArchiveVerifier.Verdict> start(
      @Nullable String destinationId, String path, Keys keys, String by) {
    archives.choose(destinationId, path).close();
    return runs.start(
        progress -> {
          try (ChosenArchive chosen = archives.choose(destinationId, path)) {
            return engine.verifier().verify(chosen.ref(), keys, by, progress);
          }
        });
  }
}
