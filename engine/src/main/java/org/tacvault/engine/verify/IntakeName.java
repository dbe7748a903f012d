package org.tacvault.engine.verify;

import java.util.Optional;
import org.tacvault.engine.archive.ArchiveName;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.Printable;
import org.tacvault.engine.manifest.Manifest;

/** Decides under which name an archive that somebody brings is stored. */
final class IntakeName {
  private static final String OPERATION = "name archive";

  private IntakeName() {}

  /** Its own name, unless that says otherwise than its manifest, which then decides. */
  static ArchiveName of(String filename, CheckedArchive archive) {
    Manifest.Backup backup = archive.manifest().backup();
    return ArchiveName.parse(filename)
        .filter(name -> name.instance().equals(backup.instanceName()))
        .orElseGet(() -> ofManifest(filename, archive));
  }

  /** Its own name, which is all that is known of an archive that nobody here can open. */
  static ArchiveName ofUnopened(String filename) {
    return ArchiveName.parse(filename)
        .orElseThrow(
            () ->
                refused(filename, "it is encrypted, and its name is not that of a backup")
                    .withHint(
                        "give the passphrase or identity, or the name that it had:"
                            + " backup-<instance>-<YYYYMMDD-HHMMSS>-<type>.tar.gz.age"));
  }

  private static ArchiveName ofManifest(String filename, CheckedArchive archive) {
    Manifest.Backup backup = archive.manifest().backup();
    ArchiveName name =
        new ArchiveName(
            backup.instanceName(), backup.timestamp(), backup.type(), 1, suffix(archive));
    Optional<ArchiveName> valid = ArchiveName.parse(name.filename());
    return valid
        .filter(name::equals)
        .orElseThrow(() -> refused(filename, "its manifest names no server that can be"));
  }

  private static String suffix(CheckedArchive archive) {
    String tar = "zstd".equals(archive.manifest().compression()) ? ".tar.zst" : ".tar.gz";
    return switch (archive.kind()) {
      case ZSTD -> ".tar.zst";
      case AGE -> tar + ".age";
      case TCBK -> ".tar.gz.enc";
      case GZIP, UNKNOWN -> ".tar.gz";
    };
  }

  private static EngineException refused(String filename, String reason) {
    return new EngineException(ErrorKind.INVALID_INPUT, OPERATION, Printable.of(filename), reason);
  }
}
