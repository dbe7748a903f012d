package org.tacvault.engine.destination.local;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.destination.ConnectionCheck;
import org.tacvault.engine.destination.ConnectionReport;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** The connection test of a directory: what a backup and a restore do there, with a small file. */
final class LocalCheck {
  private static final byte[] CONTENT = "tacvault check".getBytes(StandardCharsets.US_ASCII);
  private static final long MIN_FREE_BYTES = 1 << 20;

  private final LocalDestination destination;
  private final Path base;
  // A part file, so that a sweep removes what a killed check leaves behind.
  private @Nullable PartFile probe;

  LocalCheck(LocalDestination destination, Path base) {
    this.destination = destination;
    this.base = base;
  }

  ConnectionReport run() {
    ConnectionCheck check =
        new ConnectionCheck()
            .step("directory", this::requireDirectory)
            .step("write", this::write)
            .step("read back", this::readBack)
            .step("list", destination::list);
    if (probe != null) {
      check.always("delete", probe::close);
    }
    return check.step("free space", this::requireSpace).report();
  }

  private void requireDirectory() throws IOException {
    if (Files.exists(base) && !Files.isDirectory(base)) {
      throw new NotDirectoryException(base + " is not a directory");
    }
    NewDirectories.create(base);
  }

  private void write() throws IOException {
    probe = PartFile.create(base.resolve("tacvault-check"));
    probe.write(out -> out.write(CONTENT));
  }

  private void readBack() throws IOException {
    if (!Arrays.equals(Files.readAllBytes(requireNonNull(probe).path()), CONTENT)) {
      throw new EngineException(
              ErrorKind.VERIFICATION_FAILED, "check destination", base, "read back other bytes")
          .withHint("the disk or network mount does not keep what is written to it");
    }
  }

  private void requireSpace() {
    long free = destination.usableSpace().orElse(Long.MAX_VALUE);
    if (free < MIN_FREE_BYTES) {
      throw new EngineException(
              ErrorKind.NO_SPACE, "check destination", base, "only " + free + " bytes are free")
          .withHint("free some space at " + base);
    }
  }
}
