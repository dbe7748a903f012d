package org.tacvault.engine.manifest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.Printable;

/**
 * Compares what a manifest promises with what an archive holds. Pure: it reads no file. The sum of
 * sizes needs no check here, {@link ManifestJson} refuses a manifest whose total is not the sum of
 * its entries.
 */
public final class ManifestCheck {
  private static final Pattern FLAT_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");
  private static final int PROBLEMS_SHOWN = 20;

  private ManifestCheck() {}

  /**
   * All differences, in the order of the manifest and then of the members; empty when there is
   * none.
   */
  public static List<String> problems(Manifest manifest, Collection<ExtractedMember> members) {
    List<String> problems = new ArrayList<>();
    Map<String, ExtractedMember> found = byName(members, problems);
    if (manifest.contents().isEmpty()) {
      problems.add("the manifest lists no files");
    }
    Set<String> listed = new HashSet<>();
    for (ManifestEntry entry : manifest.contents()) {
      if (!isAllowedName(entry.file())) {
        problems.add("'" + Printable.of(entry.file()) + "' is not a name that a manifest may list");
      } else if (!listed.add(entry.file())) {
        problems.add(entry.file() + " is listed twice in the manifest");
      } else {
        compare(entry, found.get(entry.file()), problems);
      }
    }
    for (String name : found.keySet().stream().sorted().toList()) {
      if (!listed.contains(name)) {
        problems.add(name + " is in the archive but not in the manifest");
      }
    }
    return problems;
  }

  /**
   * Throws one {@link ErrorKind#VERIFICATION_FAILED} that names all differences (the first twenty
   * of very many).
   */
  public static void require(Manifest manifest, Collection<ExtractedMember> members) {
    List<String> problems = problems(manifest, members);
    if (!problems.isEmpty()) {
      throw new EngineException(
              ErrorKind.VERIFICATION_FAILED, "check", "manifest", summary(problems))
          .withHint(
              "the archive is damaged or was changed: use another backup, or fetch this one again");
    }
  }

  private static Map<String, ExtractedMember> byName(
      Collection<ExtractedMember> members, List<String> problems) {
    Map<String, ExtractedMember> found = new HashMap<>();
    for (ExtractedMember member : members) {
      if (found.put(member.name(), member) != null) {
        problems.add(member.name() + " is twice in the archive");
      }
    }
    return found;
  }

  private static boolean isAllowedName(String name) {
    return FLAT_NAME.matcher(name).matches() && !name.equals(Manifest.FILE);
  }

  private static void compare(
      ManifestEntry entry, @Nullable ExtractedMember member, List<String> problems) {
    String name = entry.file();
    if (member == null) {
      problems.add(name + " is in the manifest but not in the archive");
    } else if (member.sizeBytes() != entry.sizeBytes()) {
      problems.add(
          name + " has " + member.sizeBytes() + " bytes, the manifest says " + entry.sizeBytes());
    } else if (!member.sha256().equals(entry.sha256())) {
      problems.add(
          name + " has SHA-256 " + member.sha256() + ", the manifest says " + entry.sha256());
    }
  }

  private static String summary(List<String> problems) {
    String shown =
        String.join("; ", problems.subList(0, Math.min(problems.size(), PROBLEMS_SHOWN)));
    int more = problems.size() - PROBLEMS_SHOWN;
    return more > 0 ? shown + "; and " + more + " more" : shown;
  }
}
