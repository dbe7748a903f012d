package org.tacvault.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tacvault.engine.backup.BackupListener;
import org.tacvault.engine.backup.BackupRequest;
import org.tacvault.engine.backup.BackupType;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.NewDestination;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.destination.StoredArchive;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.rekey.NewKey;
import org.tacvault.engine.rekey.RekeyListener;
import org.tacvault.engine.rekey.RekeyRequest;
import org.tacvault.engine.rekey.Rekeyed;
import org.tacvault.engine.secret.Secret;
import org.tacvault.engine.verify.ArchiveRef;
import org.tacvault.engine.verify.VerifyListener;

/** A home with encrypted backups at a destination of its catalog. */
final class RekeyScene implements AutoCloseable {
  static final Secret OLD = Secret.of("the old passphrase");
  static final Map<String, String> ENCRYPTED =
      Map.of("BACKUP_ENCRYPTION_PASSPHRASE", "the old passphrase");

  final EngineScene scene;

  private RekeyScene(EngineScene scene) {
    this.scene = scene;
  }

  static RekeyScene create(Path root, Map<String, String> environment) {
    RekeyScene created = new RekeyScene(EngineScene.create(root, environment));
    if (environment.equals(ENCRYPTED)) {
      created.encrypt();
    }
    created
        .engine()
        .destinations()
        .add(
            NewDestination.keepingDays(
                "nas",
                "local",
                Map.of("base_path", root.resolve("nas").toString()),
                30,
                EngineScene.NOW,
                "test"));
    return created;
  }

  private void encrypt() {
    Path config = scene.home().configFile();
    try {
      String text = Files.readString(config);
      Files.writeString(
          config, text.replace("encryption_enabled = false", "encryption_enabled = true"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RekeyScene open(Path root) {
    return new RekeyScene(EngineScene.open(root, ENCRYPTED));
  }

  BackupEngine engine() {
    return scene.engine();
  }

  DestinationRecord row() {
    return engine().catalog().destinations().get("nas");
  }

  Execution backUp() {
    return engine()
        .backups()
        .run(
            new BackupRequest(
                engine().target(row()), BackupType.MANUAL, "test", null, BackupListener.NONE));
  }

  List<StoredArchive> stored() {
    try (Destination nas = engine().source(row())) {
      return nas.list();
    }
  }

  List<Rekeyed> rekey(NewKey newKey, Keys oldKeys) {
    return rekey(newKey, oldKeys, false, RekeyListener.NONE);
  }

  List<Rekeyed> rekey(NewKey newKey, Keys oldKeys, boolean keepOld, RekeyListener listener) {
    try (Destination nas = engine().source(row())) {
      return engine().rekeying().run(request(nas, newKey, ref -> oldKeys, keepOld, listener));
    }
  }

  RekeyRequest request(
      Destination nas,
      NewKey newKey,
      Function<ArchiveRef, Keys> oldKeys,
      boolean keepOld,
      RekeyListener listener) {
    return new RekeyRequest(
        row().id(), row().id(), nas, any -> true, newKey, oldKeys, keepOld, listener);
  }

  void verify(String path, Keys keys) {
    try (Destination nas = engine().source(row())) {
      engine()
          .verifier()
          .verify(new ArchiveRef.Stored(row().id(), nas, path), keys, "test", VerifyListener.NONE);
    }
  }

  @Override
  public void close() {
    scene.close();
  }
}
