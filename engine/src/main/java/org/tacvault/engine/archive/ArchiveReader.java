package org.tacvault.engine.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.manifest.Manifest;

/**
 * Reads archives, ours and the Python server's, as if an enemy had made them: plain files of known
 * names, flat, each once, all of them in the manifest and nothing missing, within the limits, and
 * not a byte after the end. The compression is told from the content.
 */
public final class ArchiveReader {
  private ArchiveReader() {}

  /**
   * Unpacks and checks a whole archive. When this returns, size and SHA-256 of every member are
   * those of the manifest; when it throws, the directory is empty again.
   *
   * @param decrypted read to its end, so that a cipher's last check is made; not closed
   * @param emptyDirectory exists and is empty
   * @param progress packed bytes read so far
   * @throws EngineException {@link ErrorKind#VERIFICATION_FAILED} when it is not a whole, good
   *     archive, {@link ErrorKind#NO_SPACE} when it is larger than the free space
   */
  public static ExtractedArchive extract(
      InputStream decrypted, Path emptyDirectory, ArchiveLimits limits, LongConsumer progress) {
    try {
      requireEmpty(emptyDirectory);
      return new Extraction(limits, progress).into(emptyDirectory, decrypted);
    } catch (IOException e) {
      throw IoFailures.of(ArchiveDamage.OPERATION, "archive", e);
    }
  }

  /**
   * Reads only as far as the manifest: the first bytes of an archive of ours, perhaps all of one of
   * the Python server's. The manifest itself is checked, the rest of the archive is not.
   *
   * @param decrypted not closed
   */
  public static Manifest readManifest(InputStream decrypted) {
    try {
      ArchiveLimits limits = ArchiveLimits.forFreeSpace(Long.MAX_VALUE);
      return new Extraction(limits, read -> {}).manifestOf(decrypted);
    } catch (IOException e) {
      throw IoFailures.of(ArchiveDamage.OPERATION, "archive", e);
    }
  }

  private static void requireEmpty(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      throw new EngineException(
          ErrorKind.INVALID_INPUT, ArchiveDamage.OPERATION, directory, "it is not a directory");
    }
    try (Stream<Path> content = Files.list(directory)) {
      if (content.findAny().isPresent()) {
        throw new EngineException(
                ErrorKind.INVALID_INPUT,
                ArchiveDamage.OPERATION,
                directory,
                "the directory to unpack to is not empty")
            .withHint("name an empty directory");
      }
    }
  }
}
