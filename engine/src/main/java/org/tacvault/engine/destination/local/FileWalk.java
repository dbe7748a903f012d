package org.tacvault.engine.destination.local;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds regular files below a directory without following links. Hidden directories (snapshots of
 * file servers) and {@code lost+found} are passed over; any other directory that cannot be read is
 * an error. What disappears while walking is not there.
 */
final class FileWalk extends SimpleFileVisitor<Path> {
  /** A regular file and what the directory walk already knows about it. */
  record Found(Path file, BasicFileAttributes attributes) {}

  private final Path base;
  private final Predicate<String> wanted;
  private final List<Found> found = new ArrayList<>();

  private FileWalk(Path base, Predicate<String> wanted) {
    this.base = base;
    this.wanted = wanted;
  }

  /** The regular files below {@code base} whose name is wanted. */
  static List<Found> find(Path base, Predicate<String> wanted) throws IOException {
    FileWalk walk = new FileWalk(base, wanted);
    // A base path that is a link is followed, the links below it are not.
    Path start = Files.isSymbolicLink(base) ? base.resolve(".") : base;
    Files.walkFileTree(start, walk);
    return walk.found;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
    String name = directory.getFileName().toString();
    boolean below = !directory.normalize().equals(base);
    return below && (name.startsWith(".") || name.equals("lost+found"))
        ? FileVisitResult.SKIP_SUBTREE
        : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
      throws NotDirectoryException {
    if (file.equals(base)) {
      throw new NotDirectoryException(file + " is not a directory");
    }
    if (attributes.isRegularFile() && wanted.test(file.getFileName().toString())) {
      found.add(new Found(file.normalize(), attributes));
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
    String name = file.getFileName().toString();
    boolean below = !file.normalize().equals(base);
    if (below && (failure instanceof NoSuchFileException || name.equals("lost+found"))) {
      return FileVisitResult.CONTINUE;
    }
    throw failure;
  }
}
