package org.tacvault.engine.io;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files 0600 and directories 0700, from the moment they exist; nothing to do where POSIX modes are
 * unknown.
 */
public final class Permissions {
  static final Set<PosixFilePermission> PRIVATE_FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwx------");

  private Permissions() {}

  /**
   * Creates the directory and its missing parents, each new one 0700; existing ones are left as
   * they are.
   */
  public static void createDirectories(Path directory) throws IOException {
    Files.createDirectories(directory, privateDirectory(directory.getFileSystem()));
  }

  /** The attribute that makes a new file 0600. */
  public static FileAttribute<?>[] privateFile(FileSystem fileSystem) {
    return attribute(fileSystem, PRIVATE_FILE);
  }

  /** The attribute that makes a new directory 0700. */
  public static FileAttribute<?>[] privateDirectory(FileSystem fileSystem) {
    return attribute(fileSystem, DIRECTORY);
  }

  private static FileAttribute<?>[] attribute(
      FileSystem fileSystem, Set<PosixFilePermission> mode) {
    boolean posix = fileSystem.supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)}
        : new FileAttribute<?>[0];
  }
}
