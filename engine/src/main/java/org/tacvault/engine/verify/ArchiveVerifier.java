package org.tacvault.engine.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.backup.HostFacts;
import org.tacvault.engine.backup.StageTimes;
import org.tacvault.engine.catalog.Catalog;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.ExecutionResult;
import org.tacvault.engine.catalog.NewExecution;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.io.WorkDirectory;
import org.tacvault.engine.manifest.Manifest;

/** Proves that an archive can be restored, without touching live data, and records the result. */
public final class ArchiveVerifier {
  private final Catalog catalog;
  private final HostFacts host;
  private final InstantSource clock;
  private final Path temp;

  public ArchiveVerifier(Catalog catalog, HostFacts host, InstantSource clock, Path temp) {
    this.catalog = catalog;
    this.host = host;
    this.clock = clock;
    this.temp = temp;
  }

  /**
   * What a verification found.
   *
   * @param warnings members that can be read but not restored
   */
  public record Verdict(String executionId, CheckedArchive archive, List<String> warnings) {}

  /**
   * Opens the whole archive and checks every database; the unpacked content is removed again.
   *
   * @throws EngineException {@code VERIFICATION_FAILED} when the archive is bad; other kinds when
   *     it could not be told
   */
  public Verdict verify(ArchiveRef ref, Keys keys, String triggeredBy, VerifyListener listener) {
    String id = begin(ref, triggeredBy);
    StageTimes times = new StageTimes(clock);
    listener.started(id);
    try (WorkDirectory work = WorkDirectory.create(temp, "verification by " + host.owner())) {
      CheckedArchive archive =
          new ArchiveOpener(keys, new TimedStages(times, listener)).open(ref, work);
      List<String> warnings = new ArrayList<>(warnings(archive));
      warnings.addAll(ref.retried());
      catalog.complete(id, result(ref, archive, warnings, times.end()), clock.instant());
      return new Verdict(id, archive, List.copyOf(warnings));
    } catch (IOException e) {
      throw failed(id, ref, IoFailures.of("verify archive", ref.label(), e));
    } catch (RuntimeException | Error e) {
      failed(id, ref, e);
      throw e;
    }
  }

  /** What of a good archive can be read but not restored. */
  public static List<String> warnings(CheckedArchive archive) {
    return archive.raw().stream()
        .map(member -> member + " is raw bytes of a damaged database")
        .toList();
  }

  /** The manifest of an archive, without checking the rest. */
  public Manifest manifest(ArchiveRef ref, Keys keys) {
    try (WorkDirectory work = WorkDirectory.create(temp, "inspection by " + host.owner())) {
      return new ArchiveOpener(keys, VerifyListener.NONE).manifest(ref, work);
    } catch (IOException e) {
      throw IoFailures.of("read archive", ref.label(), e);
    }
  }

  private String begin(ArchiveRef ref, String triggeredBy) {
    return catalog.begin(
        new NewExecution(
            ExecutionKind.VERIFY,
            ref.destinationId(),
            null,
            triggeredBy,
            ref.label(),
            null,
            Set.of(),
            host.owner(),
            clock.instant(),
            null));
  }

  /** Only a bad archive is remembered by its path: a missing key or room says nothing about it. */
  private <T extends Throwable> T failed(String id, ArchiveRef ref, T failure) {
    boolean bad =
        failure instanceof EngineException known && known.kind() == ErrorKind.VERIFICATION_FAILED;
    boolean interrupted = Thread.interrupted();
    try {
      catalog.fail(
          id,
          String.valueOf(failure.getMessage()),
          pathOnly(bad ? ref.label() : null, ref.retried()),
          clock.instant());
    } catch (EngineException e) {
      failure.addSuppressed(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return failure;
  }

  private static ExecutionResult result(
      ArchiveRef ref, CheckedArchive archive, List<String> warnings, Map<String, Duration> stages) {
    return new ExecutionResult(
        null,
        ref.label(),
        archive.manifest().totalSizeBytes(),
        archive.packedBytes(),
        archive.manifest().contents().size(),
        null,
        null,
        warnings,
        stages,
        null,
        List.of());
  }

  private static ExecutionResult pathOnly(@Nullable String path, List<String> warnings) {
    return new ExecutionResult(
        null, path, null, null, null, null, null, warnings, Map.of(), null, List.of());
  }

  /** Times the stages while passing them on. */
  private record TimedStages(StageTimes times, VerifyListener listener) implements VerifyListener {
    @Override
    public void stage(VerifyStage stage, String subject) {
      times.begin(stage.id());
      listener.stage(stage, subject);
    }

    @Override
    public void progress(VerifyStage stage, long doneBytes, long totalBytes) {
      listener.progress(stage, doneBytes, totalBytes);
    }
  }
}
