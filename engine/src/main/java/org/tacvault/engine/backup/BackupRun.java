package org.tacvault.engine.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.catalog.ExecutionResult;
import org.tacvault.engine.config.ConfigExport;
import org.tacvault.engine.destination.StoredArchive;
import org.tacvault.engine.encryption.Encryption;
import org.tacvault.engine.error.Interruption;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.io.Permissions;
import org.tacvault.engine.io.ProcessLock;
import org.tacvault.engine.io.WorkDirectory;
import org.tacvault.engine.manifest.Manifest;
import org.tacvault.engine.manifest.ManifestJson;
import org.tacvault.engine.snapshot.Snapshot;
import org.tacvault.engine.snapshot.SnapshotFile;
import org.tacvault.engine.snapshot.Snapshotter;
import org.tacvault.engine.source.EntryType;
import org.tacvault.engine.source.Members;

/** The stages of one backup. */
final class BackupRun {
  private final ServerContext server;
  private final HostFacts host;
  private final Claims claims;
  private final InstantSource clock;
  private final BackupRequest request;
  private final Encryption encryption;
  private final StageTimes times;
  private @Nullable String verifiedBy;

  BackupRun(
      ServerContext server,
      HostFacts host,
      Claims claims,
      InstantSource clock,
      BackupRequest request,
      Encryption encryption) {
    this.server = server;
    this.host = host;
    this.claims = claims;
    this.clock = clock;
    this.request = request;
    this.encryption = encryption;
    this.times = new StageTimes(clock);
  }

  ExecutionResult run() {
    begin(BackupStage.PREFLIGHT);
    Path temp = server.settings().tempDirectory();
    request.target().destination().sweep(clock.instant());
    try {
      Preflight.check(server.sources(), temp, request.target());
    } catch (IOException e) {
      throw IoFailures.of("use temporary directory", temp, e);
    }
    try (WorkDirectory work = WorkDirectory.create(temp, "backup by " + host.owner())) {
      begin(BackupStage.SNAPSHOT);
      Instant takenAt = clock.instant();
      Snapshot snapshot = snapshot(work);
      begin(BackupStage.ARCHIVE);
      PackedArchive archive = pack(snapshot, takenAt, work);
      begin(BackupStage.UPLOAD);
      StoredArchive stored = store(archive, takenAt);
      List<String> warnings = new ArrayList<>(warningsOf(snapshot));
      // The backup is good now: it is too late to stop it.
      announce(BackupStage.RETENTION);
      warnings.addAll(request.target().retention().apply());
      warnings.addAll(request.target().destination().retried());
      return result(archive, stored, warnings);
    } catch (IOException e) {
      throw IoFailures.of("use work directory", temp, e);
    }
  }

  private Snapshot snapshot(WorkDirectory work) throws IOException {
    Path directory = privateDirectory(work, "files");
    Path scratch = privateDirectory(work, "scratch");
    Snapshotter.OnBroken onBroken =
        request.type() == BackupType.EMERGENCY
            ? Snapshotter.OnBroken.KEEP_RAW
            : Snapshotter.OnBroken.FAIL;
    try (ProcessLock ignored = claims.liveData("backup")) {
      return new Snapshotter(
              clock,
              onBroken,
              (member, copied, total) -> progress(BackupStage.SNAPSHOT, copied, total))
          .take(server.sources(), directory, scratch);
    }
  }

  private PackedArchive pack(Snapshot snapshot, Instant takenAt, WorkDirectory work)
      throws IOException {
    Path export = snapshot.directory().resolve(Members.CONFIG_EXPORT);
    Files.write(export, ConfigExport.of(server.config()).json(server.settings().exportSecrets()));
    Manifest manifest =
        new Manifests(server, host)
            .of(
                snapshot,
                SnapshotFile.plain(Members.CONFIG_EXPORT, export, EntryType.CONFIG),
                request.type(),
                request.triggeredBy(),
                request.comment(),
                takenAt);
    long total = manifest.totalSizeBytes();
    return new Packer(server.settings(), encryption)
        .pack(
            manifest,
            snapshot.directory(),
            work.resolve("archive"),
            done -> progress(BackupStage.ARCHIVE, done, total));
  }

  private StoredArchive store(PackedArchive archive, Instant takenAt) {
    Storage storage =
        new Storage(
            request.target().destination(),
            Storage.ReadBack.of(server.settings().verifyAfterUpload()));
    StoredArchive stored = storage.put(archive, server.instance().name(), request.type(), takenAt);
    try {
      progress(BackupStage.UPLOAD, archive.sizeBytes(), archive.sizeBytes());
      begin(BackupStage.VERIFY);
      verifiedBy = storage.verify(stored, archive);
      return stored;
    } catch (RuntimeException | Error e) {
      storage.remove(stored, e);
      throw e;
    }
  }

  private ExecutionResult result(
      PackedArchive archive, StoredArchive stored, List<String> warnings) {
    return new ExecutionResult(
        stored.filename(),
        stored.path(),
        archive.manifest().totalSizeBytes(),
        archive.sizeBytes(),
        archive.manifest().contents().size(),
        new String(ManifestJson.write(archive.manifest()), StandardCharsets.UTF_8),
        archive.sha256(),
        warnings,
        times.end(),
        null,
        List.of(),
        verifiedBy);
  }

  private static List<String> warningsOf(Snapshot snapshot) {
    List<String> warnings = new ArrayList<>();
    snapshot.missing().stream()
        // A server whose settings nobody ever changed at run time has none.
        .filter(member -> !member.equals(Members.OVERRIDES))
        .forEach(member -> warnings.add(member + " is missing on the server"));
    snapshot
        .broken()
        .forEach(member -> warnings.add(member + " is damaged and was kept as raw bytes"));
    return warnings;
  }

  private void begin(BackupStage stage) {
    Interruption.check("back up", "to " + request.target().label());
    announce(stage);
  }

  private void announce(BackupStage stage) {
    times.begin(stage.id());
    request.listener().stage(stage);
  }

  private void progress(BackupStage stage, long done, long total) {
    request.listener().progress(stage, done, total);
  }

  private static Path privateDirectory(WorkDirectory work, String name) throws IOException {
    Path directory = work.resolve(name);
    Permissions.createDirectories(directory);
    return directory;
  }
}
