package org.tacvault.engine.destination;

import java.util.regex.Pattern;
import org.tacvault.engine.archive.ArchiveName;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/**
 * Paths as users hand them in: absolute below a destination's base path, or relative to it. What
 * could lead elsewhere, or mean something to a protocol, is refused, never rewritten.
 */
public final class ArchivePath {
  // Control characters would end a command of a line protocol; "~" is a home directory to some
  // servers.
  private static final Pattern UNSAFE_TEXT = Pattern.compile("[\\p{Cntrl}\\\\]");
  private static final Pattern UNSAFE_SEGMENT = Pattern.compile("|\\.|\\.\\.|~.*");

  private ArchivePath() {}

  /**
   * {@code path} relative to {@code basePath} (both with {@code /}), without a leading slash;
   * {@code INVALID_INPUT} when it leaves the base or holds {@code ..}, {@code ~}, a backslash, an
   * empty segment or a control character.
   */
  public static String below(String basePath, String path) {
    String relative = path.startsWith("/") ? withoutBase(basePath, path) : path;
    if (!isSafe(relative)) {
      throw refused(path, "not a safe path");
    }
    return relative;
  }

  /** {@link #below}, and its last segment must be a name that listings show as an archive. */
  public static String toStore(String basePath, String path) {
    String relative = below(basePath, path);
    if (!ArchiveName.looksLikeArchive(filename(relative))) {
      throw refused(path, "not the name of an archive");
    }
    return relative;
  }

  /** {@link #below}; {@code NOT_FOUND} when its last segment cannot be an archive. */
  public static String toFind(String basePath, String path) {
    String relative = below(basePath, path);
    if (!ArchiveName.looksLikeArchive(filename(relative))) {
      throw missing(path);
    }
    return relative;
  }

  /** The failure of every store that has no archive at {@code path}. */
  public static EngineException missing(String path) {
    return new EngineException(ErrorKind.NOT_FOUND, "find archive", path, "no such archive")
        .withHint("list the destination's archives for their paths");
  }

  /** The failure of every store that already has an archive at {@code path}. */
  public static EngineException conflict(String path) {
    return new EngineException(
            ErrorKind.CONFLICT, "store archive", path, "an archive of that name is already there")
        .withHint("archives are never overwritten; store it under another name");
  }

  /** Whether {@code relative} names one place below a base path on every store. */
  public static boolean isSafe(String relative) {
    if (UNSAFE_TEXT.matcher(relative).find()) {
      return false;
    }
    for (String segment : relative.split("/", -1)) {
      if (UNSAFE_SEGMENT.matcher(segment).matches()) {
        return false;
      }
    }
    return true;
  }

  private static String withoutBase(String basePath, String path) {
    String prefix = basePath.endsWith("/") ? basePath : basePath + "/";
    if (!path.startsWith(prefix)) {
      throw refused(path, "not below the destination's base path");
    }
    return path.substring(prefix.length());
  }

  private static String filename(String relative) {
    return relative.substring(relative.lastIndexOf('/') + 1);
  }

  private static EngineException refused(String path, String reason) {
    return new EngineException(ErrorKind.INVALID_INPUT, "resolve path", "'" + path + "'", reason)
        .withHint(
            "give the path as the listing shows it: <instance>/<type>/<name>.tar.gz, or absolute"
                + " below the destination's base path");
  }
}
