package org.tacvault.engine.rekey;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.archive.ArchiveName;
import org.tacvault.engine.backup.Claims;
import org.tacvault.engine.backup.HostFacts;
import org.tacvault.engine.backup.Storage;
import org.tacvault.engine.catalog.ArchiveMoves;
import org.tacvault.engine.catalog.Catalog;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.destination.StoredArchive;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.io.ProcessLock;
import org.tacvault.engine.io.WorkDirectory;
import org.tacvault.engine.rekey.Rekeyed.Outcome;

/**
 * Encrypts stored archives anew, one after the other. Each new one is stored beside the old one,
 * read back, and known to the catalog before the old one goes; what a kill leaves is finished by
 * the next run at the same destination.
 */
public final class RekeyService {
  private static final String OPERATION = "encrypt archive anew";

  private final Catalog catalog;
  private final Claims claims;
  private final HostFacts host;
  private final Path temp;

  public RekeyService(Catalog catalog, Claims claims, HostFacts host, Path temp) {
    this.catalog = catalog;
    this.claims = claims;
    this.host = host;
    this.temp = temp;
  }

  /** What {@link #run} would do; changes nothing. */
  public List<Rekeyed> plan(RekeyRequest request) {
    return wanted(request).stream()
        .map(
            archive ->
                Rekeyed.untouched(
                    archive.path(), isAt(request, archive) ? Outcome.ALREADY : Outcome.WANTED))
        .toList();
  }

  /**
   * Encrypts every wanted archive that is not yet encrypted to the new key. One that fails stays as
   * it is, and the others go on.
   *
   * @throws EngineException BUSY while a backup goes to the destination; INTERRUPTED
   */
  public List<Rekeyed> run(RekeyRequest request) {
    try (ProcessLock ignored = claims.backup(request.place())) {
      finish(request);
      List<StoredArchive> wanted = wanted(request);
      List<Rekeyed> done = new ArrayList<>();
      for (StoredArchive archive : wanted) {
        request.listener().archive(archive.path(), done.size() + 1, wanted.size());
        done.add(rekey(request, archive));
      }
      return done;
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, "at " + request.place(), e);
    }
  }

  private Rekeyed rekey(RekeyRequest request, StoredArchive archive) {
    try {
      return isAt(request, archive)
          ? Rekeyed.untouched(archive.path(), Outcome.ALREADY)
          : Rekeyed.done(archive.path(), replace(request, archive));
    } catch (EngineException e) {
      if (e.kind() == ErrorKind.INTERRUPTED) {
        throw e;
      }
      return Rekeyed.failed(archive.path(), named(e, archive));
    }
  }

  /** Below here an archive is a work file; people want to know which archive it is. */
  private EngineException named(EngineException failure, StoredArchive archive) {
    if (!failure.subject().startsWith(temp.toString())) {
      return failure;
    }
    EngineException named =
        new EngineException(failure.kind(), OPERATION, archive.path(), failure.reason())
            .withCause(failure);
    return failure.hint().map(named::withHint).orElse(named);
  }

  private String replace(RekeyRequest request, StoredArchive old) {
    ArchiveName name = newName(request, old);
    try (WorkDirectory work = WorkDirectory.create(temp, "rekeying by " + host.owner())) {
      Reencryption.NewArchive made =
          new Reencryption(request, work, old).run(checksum(request, old));
      StoredArchive stored = store(request, old, name, made);
      settle(request, move(request, old, name, made), stored.path());
      return stored.path();
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, old.path(), e);
    }
  }

  private StoredArchive store(
      RekeyRequest request, StoredArchive old, ArchiveName name, Reencryption.NewArchive made) {
    Storage storage = new Storage(request.destination(), Storage.ReadBack.ALWAYS);
    StoredArchive stored =
        storage.put(
            name,
            made.file(),
            tried -> catalog.moves().begin(request.place(), move(request, old, tried, made)));
    try {
      request.listener().done(RekeyStep.UPLOAD);
      storage.verify(stored, made.sizeBytes(), made.sha256());
      request.listener().done(RekeyStep.READ_BACK);
      return stored;
    } catch (RuntimeException | Error e) {
      storage.remove(stored, e);
      throw e;
    }
  }

  private void settle(RekeyRequest request, ArchiveMoves.Move move, String newPath) {
    catalog.moves().follow(request.place(), request.destinationId(), move, newPath);
    request.listener().done(RekeyStep.RECORD);
    if (!move.keepOld()) {
      removeOld(request, move.oldPath());
      request.listener().done(RekeyStep.REMOVE_OLD);
    }
    catalog.moves().end(request.place());
  }

  /** Not while a restore reads it, perhaps. */
  private void removeOld(RekeyRequest request, String path) {
    try (ProcessLock ignored = claims.restoreSoon(OPERATION)) {
      request.destination().delete(path);
    } catch (EngineException e) {
      if (e.kind() != ErrorKind.NOT_FOUND) {
        throw e;
      }
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, path, e);
    }
  }

  /** Ends what a killed process began here: its new archive counts if it is there, whole. */
  private void finish(RekeyRequest request) {
    Optional<ArchiveMoves.Move> begun = catalog.moves().underWay(request.place());
    if (begun.isEmpty()) {
      return;
    }
    Optional<StoredArchive> stored = find(request, begun.get().newName());
    if (stored.isPresent() && isWhole(request, begun.get(), stored.get())) {
      settle(request, begun.get(), stored.get().path());
    } else {
      catalog.moves().end(request.place());
    }
  }

  private static boolean isWhole(
      RekeyRequest request, ArchiveMoves.Move move, StoredArchive stored) {
    try {
      new Storage(request.destination(), Storage.ReadBack.ALWAYS)
          .verify(stored, move.sizeBytes(), move.checksum());
      return true;
    } catch (EngineException e) {
      if (e.kind() == ErrorKind.VERIFICATION_FAILED) {
        return false;
      }
      throw e;
    }
  }

  private static Optional<StoredArchive> find(RekeyRequest request, String path) {
    try {
      return Optional.of(request.destination().stat(path));
    } catch (EngineException e) {
      if (e.kind() == ErrorKind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Oldest first: a later one of the same second then never gets the name of an earlier one. */
  private static List<StoredArchive> wanted(RekeyRequest request) {
    return request.destination().list().stream()
        .filter(request.wanted())
        .sorted(StoredArchive.NEWEST_FIRST.reversed())
        .toList();
  }

  /** Whether the archive, or the copy that was kept beside it, is encrypted to the new key. */
  private boolean isAt(RekeyRequest request, StoredArchive archive) {
    Optional<StoredArchive> copy =
        catalog
            .moves()
            .copyOf(request.place(), archive.path())
            .flatMap(path -> find(request, path));
    return opens(request, archive) || copy.filter(each -> opens(request, each)).isPresent();
  }

  private boolean opens(RekeyRequest request, StoredArchive archive) {
    return request
        .newKey()
        .id()
        .map(id -> catalog.moves().isAt(request.place(), archive.path(), id))
        .orElseGet(() -> new HeaderTrial(request, temp, host.owner()).opens(archive));
  }

  private Optional<String> checksum(RekeyRequest request, StoredArchive archive) {
    return Optional.ofNullable(request.destinationId())
        .flatMap(id -> catalog.findBackup(id, archive.path()))
        .map(Execution::result)
        .map(result -> result.checksumSha256());
  }

  private static ArchiveName newName(RekeyRequest request, StoredArchive old) {
    ArchiveName name =
        old.name()
            .orElseThrow(
                () ->
                    new EngineException(
                            ErrorKind.INVALID_INPUT, OPERATION, old.path(), "it was renamed")
                        .withHint(
                            "give it back a name like backup-fra1-20261123-030000-manual.tar.gz"));
    String plain = name.suffix().replaceFirst("\\.(age|enc)$", "").replace(".tgz", ".tar.gz");
    return new ArchiveName(
        name.instance(),
        name.takenAt(),
        name.type(),
        name.sequence(),
        plain + request.newKey().encryption().suffix());
  }

  private static ArchiveMoves.Move move(
      RekeyRequest request, StoredArchive old, ArchiveName name, Reencryption.NewArchive made) {
    @Nullable String target = request.newKey().id().orElse(null);
    return new ArchiveMoves.Move(
        old.path(),
        name.relativePath(),
        made.sizeBytes(),
        made.sha256(),
        target,
        request.keepOld());
  }
}
