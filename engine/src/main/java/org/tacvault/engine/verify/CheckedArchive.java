package org.tacvault.engine.verify;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tacvault.engine.archive.ExtractedArchive;
import org.tacvault.engine.encryption.ArchiveKind;
import org.tacvault.engine.manifest.Manifest;
import org.tacvault.engine.sqlite.DatabaseFacts;

/**
 * An archive that was opened whole and found good: checksums, integrity and counts agree with its
 * manifest.
 *
 * @param kind told from its content
 * @param databases what the sound databases hold, by member
 * @param raw members that are only bytes of databases that were damaged when they were saved
 */
public record CheckedArchive(
    String label,
    ArchiveKind kind,
    long packedBytes,
    ExtractedArchive content,
    Map<String, DatabaseFacts> databases,
    List<String> raw) {
  public Manifest manifest() {
    return content.manifest();
  }

  public boolean isEncrypted() {
    return kind.isEncrypted();
  }

  /** Where the unpacked members lie. */
  public Path directory() {
    return content.directory();
  }

  /** Whether {@code member} can be restored. */
  public boolean holds(String member) {
    return content.members().containsKey(member) && !raw.contains(member);
  }
}
