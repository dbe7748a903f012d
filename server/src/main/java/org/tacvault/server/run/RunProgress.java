package org.tacvault.server.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.backup.BackupListener;
import org.tacvault.engine.backup.BackupStage;
import org.tacvault.engine.restore.RestoreListener;
import org.tacvault.engine.restore.RestoreStep;
import org.tacvault.engine.verify.VerifyListener;
import org.tacvault.engine.verify.VerifyStage;

/** Hears how far one run of any kind is; to be handed to the engine as its listener. */
public final class RunProgress implements BackupListener, RestoreListener, VerifyListener {
  private final InstantSource clock;
  private final Consumer<String> onStart;
  private String stage = "started";
  private @Nullable String subject;
  private Instant stageBegan;
  private long doneBytes;
  private long totalBytes;

  RunProgress(InstantSource clock, Consumer<String> onStart) {
    this.clock = clock;
    this.onStart = onStart;
    this.stageBegan = clock.instant();
  }

  @Override
  public void started(String executionId) {
    onStart.accept(executionId);
  }

  @Override
  public void stage(BackupStage next) {
    begin(next.id(), null);
  }

  @Override
  public void stage(VerifyStage next, String about) {
    begin(next.id(), about);
  }

  @Override
  public void step(RestoreStep next, String about) {
    begin(next.name().toLowerCase(Locale.ROOT), about);
  }

  @Override
  public synchronized void progress(BackupStage of, long done, long total) {
    doneBytes = done;
    totalBytes = total;
  }

  @Override
  public synchronized void progress(VerifyStage of, long done, long total) {
    doneBytes = done;
    totalBytes = total;
  }

  @Override
  public synchronized void progress(String about, long done, long total) {
    doneBytes = done;
    totalBytes = total;
  }

  /** How far it is now. */
  synchronized Progress now() {
    Duration elapsed = Duration.between(stageBegan, clock.instant());
    return Progress.of(stage, subject, doneBytes, totalBytes, elapsed);
  }

  private synchronized void begin(String next, @Nullable String about) {
    if (!next.equals(stage)) {
      stageBegan = clock.instant();
    }
    stage = next;
    subject = about;
    doneBytes = 0;
    totalBytes = 0;
  }
}
