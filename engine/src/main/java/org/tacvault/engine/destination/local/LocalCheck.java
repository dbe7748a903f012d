package org.tacvault.engine.destination.local;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.destination.ConnectionCheck;
import org.tacvault.engine.destination.ConnectionReport;
import org.tacvault.engine.destination.Probe;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** The connection test of a directory: what a backup and a restore do there, with a small file. */
final class LocalCheck implements Probe {
  private static final long MIN_FREE_BYTES = 1 << 20;

  private final LocalDestination destination;
  private final Path base;
  // A part file, so that a sweep removes what a killed check leaves behind.
  private @Nullable PartFile part;

  LocalCheck(LocalDestination destination, Path base) {
    this.destination = destination;
    this.base = base;
  }

  ConnectionReport run() {
    return new ConnectionCheck()
        .step("directory", this::requireDirectory)
        .probe(this)
        .step("free space", this::requireSpace)
        .report();
  }

  private void requireDirectory() throws IOException {
    if (Files.exists(base) && !Files.isDirectory(base)) {
      throw new NotDirectoryException(base + " is not a directory");
    }
    NewDirectories.create(base);
  }

  @Override
  public void write(byte[] content) throws IOException {
    part = PartFile.create(base.resolve("tacvault-check"));
    part.write(out -> out.write(content));
  }

  @Override
  public byte[] read() throws IOException {
    return Files.readAllBytes(requireNonNull(part).path());
  }

  @Override
  public void list() {
    destination.list();
  }

  @Override
  public void delete() throws IOException {
    if (part != null) {
      part.close();
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
