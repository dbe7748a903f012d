package org.tacvault.engine.rekey;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tacvault.engine.destination.StoredArchive;
import org.tacvault.engine.encryption.ArchiveKind;
import org.tacvault.engine.encryption.Decryption;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.io.WorkDirectory;

/** Tries the new key on the beginning of an archive. */
record HeaderTrial(RekeyRequest request, Path temp, String owner) {
  // A header and the first two blocks of content; longer headers are nobody's.
  private static final int PREFIX_BYTES = 1 << 18;

  boolean opens(StoredArchive archive) {
    try (WorkDirectory work = WorkDirectory.create(temp, "rekeying by " + owner)) {
      Path start = work.resolve("start");
      try (InputStream in = request.destination().get(archive.path())) {
        Files.write(start, in.readNBytes(PREFIX_BYTES));
      }
      if (ArchiveKind.of(start) != ArchiveKind.AGE) {
        return false;
      }
      Decryption.open(start, request.newKey().keys()).close();
      return true;
    } catch (EngineException e) {
      if (e.kind() == ErrorKind.WRONG_KEY || e.kind() == ErrorKind.VERIFICATION_FAILED) {
        return false;
      }
      throw e;
    } catch (IOException e) {
      throw IoFailures.of("open archive", archive.path(), e);
    }
  }
}
