package org.tacvault.engine.destination.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.tacvault.engine.archive.ArchiveName;
import org.tacvault.engine.destination.ArchivePath;
import org.tacvault.engine.destination.ConnectionReport;
import org.tacvault.engine.destination.Content;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.destination.StoredArchive;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.io.AtomicFiles;

/**
 * Archives in a directory: files 0600, new directories 0700. Paths are absolute below the base
 * path, or relative to it; links below it are not followed. The base path is created by the first
 * {@link #put} or {@link #check}; listing one that does not exist fails, since a disk may not be
 * mounted.
 */
public final class LocalDestination implements Destination {
  private final LocalPaths paths;
  private final PartFile.Linker linker;

  LocalDestination(Path base) {
    this(base, Files::createLink);
  }

  LocalDestination(Path base, PartFile.Linker linker) {
    this.paths = new LocalPaths(base);
    this.linker = linker;
  }

  @Override
  public StoredArchive put(String relativePath, Content content) {
    Path target = paths.toStore(relativePath);
    try {
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        throw ArchivePath.conflict(relativePath);
      }
      NewDirectories.create(target.getParent());
      store(target, content);
      return describe(target);
    } catch (FileAlreadyExistsException e) {
      throw ArchivePath.conflict(relativePath).withCause(e);
    } catch (IOException e) {
      throw spaceHint(IoFailures.of("store archive", target, e));
    }
  }

  @Override
  public InputStream get(String path, long offset) {
    Path file = paths.toFind(path);
    try {
      describe(file);
      return Channels.newInputStream(
          Files.newByteChannel(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)
              .position(offset));
    } catch (IOException e) {
      throw notFoundOr(path, "read archive", file, e);
    }
  }

  @Override
  public List<StoredArchive> list() {
    try {
      return FileWalk.find(paths.base(), ArchiveName::looksLikeArchive).stream()
          .filter(found -> ArchivePath.isSafe(paths.base().relativize(found.file()).toString()))
          .map(LocalDestination::describe)
          .sorted(StoredArchive.NEWEST_FIRST)
          .toList();
    } catch (IOException e) {
      throw mountHint(IoFailures.of("list archives in", paths.base(), e));
    }
  }

  @Override
  public StoredArchive stat(String path) {
    Path file = paths.toFind(path);
    try {
      return describe(file);
    } catch (IOException e) {
      throw notFoundOr(path, "look at archive", file, e);
    }
  }

  /** Also removes {@code <path>.manifest.json} beside it, if there is one. */
  @Override
  public void delete(String path) {
    Path file = paths.toFind(path);
    try {
      describe(file);
      // Nobody would ever find it again without its archive.
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + ".manifest.json"));
      Files.delete(file);
      AtomicFiles.syncDirectory(file.getParent());
    } catch (IOException e) {
      throw notFoundOr(path, "delete archive", file, e);
    }
  }

  /**
   * Removes partial files of dead processes below {@code base}, a directory of this machine: those
   * that nobody has locked. Does nothing when it is elsewhere, as behind a link, or is not there.
   */
  public static void removeDeadParts(Path base, Instant now) {
    if (Files.isDirectory(base, LinkOption.NOFOLLOW_LINKS) && isWithParent(base)) {
      sweep(base, now, StaleParts.TIME_TO_LOCK);
    }
  }

  /** A file system that is mounted there may be shared with other machines. */
  private static boolean isWithParent(Path base) {
    try {
      return Files.getFileStore(base).equals(Files.getFileStore(base.getParent()));
    } catch (IOException e) {
      throw IoFailures.of("look at directory", base, e);
    }
  }

  @Override
  public ConnectionReport check() {
    return new LocalCheck(this, paths.base()).run();
  }

  @Override
  public OptionalLong usableSpace() {
    Path existing = RealPath.existingAncestor(paths.base());
    try {
      return OptionalLong.of(Files.getFileStore(existing).getUsableSpace());
    } catch (IOException e) {
      throw IoFailures.of("measure free space at", paths.base(), e);
    }
  }

  @Override
  public int sweep(Instant now) {
    return Files.exists(paths.base()) ? sweep(paths.base(), now, StaleParts.QUIET) : 0;
  }

  private static int sweep(Path base, Instant now, Duration quiet) {
    try {
      return StaleParts.remove(base, now, quiet);
    } catch (IOException e) {
      throw IoFailures.of("remove partial files from", base, e);
    }
  }

  @Override
  public void close() {
    // Nothing is held open between calls.
  }

  private void store(Path target, Content content) throws IOException {
    try (PartFile part = PartFile.create(target)) {
      long expected = content.sizeBytes();
      long written = part.write(content::writeTo);
      if (written != expected) {
        throw new EngineException(
            ErrorKind.VERIFICATION_FAILED,
            "store archive",
            target,
            "wrote " + written + " bytes instead of " + expected);
      }
      part.publish(linker);
    }
  }

  private static StoredArchive describe(Path file) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile()) {
      throw new NoSuchFileException(file.toString(), null, "not a regular file");
    }
    return describe(new FileWalk.Found(file, attributes));
  }

  private static StoredArchive describe(FileWalk.Found found) {
    BasicFileAttributes attributes = found.attributes();
    return StoredArchive.at(
        found.file().toString(), attributes.size(), attributes.lastModifiedTime().toInstant());
  }

  private static EngineException notFoundOr(
      String path, String operation, Path file, IOException cause) {
    return cause instanceof NoSuchFileException
        ? ArchivePath.missing(path).withCause(cause)
        : IoFailures.of(operation, file, cause);
  }

  private EngineException spaceHint(EngineException failure) {
    return failure.kind() == ErrorKind.NO_SPACE
        ? failure.withHint("free some space at " + paths.base() + ", or keep fewer archives there")
        : failure;
  }

  private static EngineException mountHint(EngineException failure) {
    return failure.kind() == ErrorKind.NOT_FOUND
        ? failure.withHint("check that the disk is mounted; the first backup creates the directory")
        : failure;
  }
}
