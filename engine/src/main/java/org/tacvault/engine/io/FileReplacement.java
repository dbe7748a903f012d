package org.tacvault.engine.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;

/**
 * Puts a copy of one file in the place of another: written beside it, fsynced, renamed over it,
 * directory fsynced. The new file has the owner, group and mode of the one it replaces; where there
 * was none, it is 0600 and belongs to the owner of the directory, so that a server that does not
 * run as root can read what root restored.
 */
public final class FileReplacement {
  private FileReplacement() {}

  /**
   * Replaces {@code target} (a link is followed) by a copy of {@code source}; on failure the target
   * is as before.
   */
  public static void replace(Path source, Path target) throws IOException {
    replace(source, target, target);
  }

  /**
   * {@link #replace(Path, Path)} with the owner, group and mode of {@code model}, as they would be
   * those of {@code target}.
   */
  public static void replace(Path source, Path target, Path model) throws IOException {
    Path place = follow(target);
    Path directory = place.toAbsolutePath().getParent();
    Permissions.createDirectories(directory);
    Path part = partOf(place);
    Files.deleteIfExists(part);
    try {
      Files.createFile(part, Permissions.privateFile(part.getFileSystem()));
      Files.copy(source, part, StandardCopyOption.REPLACE_EXISTING);
      takeOwnership(part, follow(model), directory);
      AtomicFiles.syncFile(part);
      Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
      AtomicFiles.syncDirectory(directory);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Removes what a replacement that was killed left beside {@code target}. */
  public static void removeLeftovers(Path target) throws IOException {
    Files.deleteIfExists(partOf(follow(target)));
  }

  /** The file that {@code target} stands for, links followed; itself when it does not exist. */
  public static Path follow(Path target) throws IOException {
    return Files.exists(target) ? target.toRealPath() : target;
  }

  private static Path partOf(Path place) {
    return place.resolveSibling("." + place.getFileName() + ".restore" + AtomicFiles.PART_SUFFIX);
  }

  private static void takeOwnership(Path part, Path place, Path directory) throws IOException {
    // Root may work in a directory of somebody who puts a link in the place of the part file.
    PosixFileAttributeView view =
        Files.getFileAttributeView(part, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view == null) {
      return;
    }
    boolean replaces = Files.exists(place);
    PosixFileAttributes model =
        Files.readAttributes(replaces ? place : directory, PosixFileAttributes.class);
    PosixFileAttributes have = view.readAttributes();
    if (!have.owner().equals(model.owner())) {
      view.setOwner(model.owner());
    }
    if (!have.group().equals(model.group())) {
      view.setGroup(model.group());
    }
    view.setPermissions(replaces ? model.permissions() : Permissions.PRIVATE_FILE);
  }
}
