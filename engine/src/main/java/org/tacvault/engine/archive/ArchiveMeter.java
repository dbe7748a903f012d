package org.tacvault.engine.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** Counts packed bytes in and unpacked bytes out, and stops what exceeds the limits. */
final class ArchiveMeter {
  private static final String HINT =
      "a genuine backup hardly looks like this: make sure where the archive comes from";

  private final ArchiveLimits limits;
  private final LongConsumer progress;
  private long packed;
  private long admitted;
  private long unpacked;

  ArchiveMeter(ArchiveLimits limits, LongConsumer progress) {
    this.limits = limits;
    this.progress = progress;
  }

  /** The packed stream, counted. */
  InputStream count(InputStream source) {
    return new FilterInputStream(source) {
      @Override
      public int read() throws IOException {
        int single = super.read();
        add(single < 0 ? 0 : 1);
        return single;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        add(Math.max(0, read));
        return read;
      }
    };
  }

  /** Refuses a member by the size in its header, before any of it is read. */
  void admit(String member, long size) {
    if (size > limits.memberBytes()) {
      throw tooMuch(member, "it has " + size + " bytes, at most " + limits.memberBytes());
    }
    if (size > limits.totalBytes() - admitted) {
      throw tooMuch(member, "with it the archive has more than " + limits.totalBytes() + " bytes");
    }
    if (size > limits.freeBytes() - admitted) {
      throw new EngineException(
              ErrorKind.NO_SPACE,
              ArchiveDamage.OPERATION,
              member,
              "it has " + size + " bytes, only " + (limits.freeBytes() - admitted) + " are free")
          .withHint("free some space, or set [backup] temp_directory to a larger file system");
    }
    admitted += size;
  }

  /** Takes note of unpacked bytes and refuses what was packed beyond belief. */
  void unpacked(String member, int bytes) {
    unpacked += bytes;
    if (unpacked > ArchiveLimits.RATIO_FLOOR_BYTES && unpacked / limits.ratio() > packed) {
      throw tooMuch(member, "it unpacks to more than " + limits.ratio() + " times its packed size");
    }
  }

  private void add(int read) {
    if (read > 0) {
      packed += read;
      progress.accept(packed);
    }
  }

  private static EngineException tooMuch(String member, String reason) {
    return ArchiveDamage.in(member, reason).withHint(HINT);
  }
}
