package org.tacvault.engine.io;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Set;

/**
 * Publishes files whole or not at all: written to a hidden sibling, fsynced, renamed, and the
 * directory fsynced. The body never gets the real stream to close, so that an exception in it
 * (which closes nested compressors into a well-formed but short file) cannot lead to publication.
 */
public final class AtomicFiles {
  /** Ends the names of files that are not yet published. */
  public static final String PART_SUFFIX = ".part";

  private AtomicFiles() {}

  /**
   * Writes {@code target} (0600), replacing an existing file; on any failure the target is as
   * before.
   */
  public static void write(Path target, IoConsumer<OutputStream> body) throws IOException {
    Path part = target.resolveSibling("." + target.getFileName() + PART_SUFFIX);
    Files.deleteIfExists(part);
    try {
      try (FileChannel channel = createPrivate(part)) {
        OutputStream buffered =
            new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        body.accept(new CloseShield(buffered));
        buffered.flush();
        channel.force(true);
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      syncDirectory(target.toAbsolutePath().getParent());
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Writes a small file whole. */
  public static void write(Path target, byte[] content) throws IOException {
    write(target, out -> out.write(content));
  }

  /** Makes creations, renames and deletions in {@code directory} durable. */
  public static void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Makes the content of {@code file} durable. */
  public static void syncFile(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static FileChannel createPrivate(Path file) throws IOException {
    Set<StandardOpenOption> options =
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return FileChannel.open(file, options, Permissions.privateFile(file.getFileSystem()));
  }

  private static final class CloseShield extends FilterOutputStream {
    CloseShield(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
