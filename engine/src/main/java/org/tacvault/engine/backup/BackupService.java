package org.tacvault.engine.backup;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Set;
import org.tacvault.engine.catalog.Catalog;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.ExecutionResult;
import org.tacvault.engine.catalog.Failures;
import org.tacvault.engine.catalog.NewExecution;
import org.tacvault.engine.encryption.Encryption;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.io.ProcessLock;

/** Makes backups of one server and records them. */
public final class BackupService {
  private final ServerContext server;
  private final HostFacts host;
  private final Catalog catalog;
  private final Claims claims;
  private final InstantSource clock;

  public BackupService(
      ServerContext server, HostFacts host, Catalog catalog, Claims claims, InstantSource clock) {
    this.server = server;
    this.host = host;
    this.catalog = catalog;
    this.claims = claims;
    this.clock = clock;
  }

  /**
   * Makes one backup; when this returns, it is stored, read back and recorded as completed.
   *
   * @throws EngineException {@code BUSY} when the destination has a backup running, and for every
   *     failure; what had begun is recorded as failed, or cancelled when it was interrupted, and
   *     leaves no archive
   */
  public Execution run(BackupRequest request) {
    requireEnabled(request);
    Encryption encryption = Encryptions.of(server.settings());
    try (ProcessLock ignored = claims.backup(request.target().claim())) {
      String id = begin(request);
      request.listener().started(id);
      return record(id, request, new BackupRun(server, host, claims, clock, request, encryption));
    } catch (IOException e) {
      throw IoFailures.of("end backup", "to " + request.target().label(), e);
    }
  }

  private String begin(BackupRequest request) {
    return catalog.begin(
        new NewExecution(
            ExecutionKind.BACKUP,
            request.target().destinationId(),
            request.type().id(),
            request.triggeredBy(),
            request.comment(),
            server.instance().name(),
            Set.of(),
            host.owner(),
            clock.instant(),
            null));
  }

  private Execution record(String id, BackupRequest request, BackupRun run) {
    boolean success = false;
    try {
      ExecutionResult result = run.run();
      catalog.complete(id, result, clock.instant());
      success = true;
      return catalog.find(id).orElseThrow();
    } catch (RuntimeException | Error e) {
      ExecutionResult retried = ExecutionResult.warning(request.target().destination().retried());
      Failures.record(catalog, id, e, retried, clock.instant());
      throw e;
    } finally {
      touch(request, success);
    }
  }

  private void touch(BackupRequest request, boolean success) {
    String destinationId = request.target().destinationId();
    if (destinationId != null) {
      catalog.destinations().touch(destinationId, clock.instant(), success);
    }
  }

  private void requireEnabled(BackupRequest request) {
    if (!server.settings().enabled() && request.type() != BackupType.EMERGENCY) {
      throw new EngineException(
              ErrorKind.REFUSED, "back up", server.instance().name(), "backups are disabled")
          .withHint("set [backup] enabled = true");
    }
  }
}
