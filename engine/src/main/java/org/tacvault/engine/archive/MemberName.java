package org.tacvault.engine.archive;

import org.tacvault.engine.error.Printable;
import org.tacvault.engine.source.Members;

/** Which members an archive may have: a closed list, flat, with or without {@code ./} before. */
final class MemberName {
  private MemberName() {}

  static boolean isKnown(String flat) {
    return Members.ALL.contains(flat);
  }

  /** The directory that stock tools store before the files. */
  static boolean isRoot(TarHeader header) {
    return header.type() == TarHeader.DIRECTORY
        && header.size() == 0
        && (header.name().equals("./") || header.name().equals("."));
  }

  /** The flat, known name of a file, or a failure that says what is wrong with it. */
  static String of(TarHeader header) {
    String name = header.name();
    String flat = name.startsWith("./") ? name.substring(2) : name;
    if (header.type() != TarHeader.REGULAR) {
      throw ArchiveDamage.in(Printable.of(name), "it is a directory, archives are flat");
    }
    if (!isKnown(flat)) {
      throw ArchiveDamage.in(Printable.of(name), whyNot(name, flat));
    }
    return flat;
  }

  private static String whyNot(String name, String flat) {
    if (name.startsWith("/")) {
      return "its path is absolute";
    }
    if (flat.equals("..") || flat.startsWith("../") || flat.contains("/../")) {
      return "its path leads out of the archive";
    }
    if (flat.contains("/") || flat.contains("\\")) {
      return "its name is a path, archives are flat";
    }
    return "no such member belongs into an archive";
  }
}
