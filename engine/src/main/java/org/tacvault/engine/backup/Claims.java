package org.tacvault.engine.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.io.ProcessLock;
import org.tacvault.engine.io.Sha256;

/** Who may do what at one time, across threads and processes; a claim ends with its process. */
public final class Claims {
  private static final Duration SNAPSHOT_PATIENCE = Duration.ofMinutes(30);
  private static final Duration RESTORE_PATIENCE = Duration.ofSeconds(10);
  private static final int NAME_LENGTH = 16;

  private final Path directory;
  private final String owner;

  /**
   * @param directory where the lock files lie
   * @param owner what others are told about who holds a claim
   */
  public Claims(Path directory, String owner) {
    this.directory = directory;
    this.owner = owner;
  }

  /** One backup per destination. */
  ProcessLock backup(String destination) {
    return now("backup-" + fileName(destination), "back up", destination, "backup");
  }

  /** One run of a job. */
  public ProcessLock job(String id) {
    return now("job-" + fileName(id), "run job", "'" + id + "'", "run of this job");
  }

  /** One restore per home; also held by a recovery. */
  public ProcessLock restore(Path home) {
    return now("restore", "restore", home.toString(), "restore");
  }

  /** {@link #restore} if nobody holds it. */
  public Optional<ProcessLock> tryRestore() {
    return tryAcquire("restore", "recovery", "restore");
  }

  /** {@link #restore}, waiting a little for somebody who is about to end. */
  public ProcessLock restoreSoon(String operation) {
    try {
      return ProcessLock.acquire(lock("restore"), describe("restore"), RESTORE_PATIENCE)
          .orElseThrow(() -> busy("restore", operation, directory.toString(), "restore"));
    } catch (IOException e) {
      throw IoFailures.of(operation, directory, e);
    }
  }

  /** A snapshot and the application of a restore exclude each other: waits until it is free. */
  public ProcessLock liveData(String purpose) {
    try {
      return ProcessLock.acquire(lock("live-data"), describe(purpose), SNAPSHOT_PATIENCE)
          .orElseThrow(() -> busy("live-data", purpose, directory.toString(), "backup or restore"));
    } catch (IOException e) {
      throw IoFailures.of(purpose, directory, e);
    }
  }

  private ProcessLock now(String name, String operation, String subject, String what) {
    return tryAcquire(name, operation, what)
        .orElseThrow(() -> busy(name, operation, subject, what));
  }

  private Optional<ProcessLock> tryAcquire(String name, String operation, String what) {
    try {
      return ProcessLock.tryAcquire(lock(name), describe(what));
    } catch (IOException e) {
      throw IoFailures.of(operation, lock(name), e);
    }
  }

  private EngineException busy(String name, String operation, String subject, String what) {
    return new EngineException(
            ErrorKind.BUSY, operation, subject, "another " + what + " is running: " + holder(name))
        .withHint("wait until it is done: tacvault executions");
  }

  private String holder(String name) {
    try {
      return ProcessLock.holder(lock(name));
    } catch (IOException e) {
      return "unknown";
    }
  }

  private String describe(String what) {
    return what + " by " + owner;
  }

  private static String fileName(String text) {
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, NAME_LENGTH);
  }

  private Path lock(String name) {
    return directory.resolve(name + ".lock");
  }
}
