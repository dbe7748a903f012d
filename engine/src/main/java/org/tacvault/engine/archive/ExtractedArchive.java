package org.tacvault.engine.archive;

import java.nio.file.Path;
import java.util.Map;
import org.tacvault.engine.manifest.ExtractedMember;
import org.tacvault.engine.manifest.Manifest;

/**
 * An archive that was read whole and agrees with its manifest.
 *
 * @param directory where the members lie as files (0600) under their names; the manifest itself is
 *     not among them
 * @param members by name
 */
public record ExtractedArchive(
    Manifest manifest, Path directory, Map<String, ExtractedMember> members) {
  public ExtractedArchive {
    members = Map.copyOf(members);
  }

  /** The file of {@code member}, which must be one of {@link #members}. */
  public Path file(String member) {
    if (!members.containsKey(member)) {
      throw new IllegalArgumentException("the archive has no member " + member);
    }
    return directory.resolve(member);
  }
}
