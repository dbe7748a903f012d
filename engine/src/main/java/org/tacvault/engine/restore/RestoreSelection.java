package org.tacvault.engine.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.source.Source;
import org.tacvault.engine.verify.CheckedArchive;

/**
 * What of an archive is restored, and to where.
 *
 * @param sources the live sides, in the order of components
 * @param removals those that go
 * @param warnings what was wished for, or could have been, and is not in the archive
 */
record RestoreSelection(List<Source> sources, List<Source> removals, List<String> warnings) {
  private static final String OPERATION = "select components";

  /** Chooses from {@code all}; a component that was named must be in the archive. */
  static RestoreSelection of(CheckedArchive archive, Set<Component> named, List<Source> all) {
    List<Source> chosen = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (Source source : all) {
      boolean wanted = named.isEmpty() || named.contains(source.component());
      if (wanted && archive.holds(source.member())) {
        chosen.add(source);
      } else if (wanted) {
        warnings.add(absence(archive, source));
      }
    }
    requireAll(named, chosen, warnings);
    return new RestoreSelection(chosen, List.of(), warnings);
  }

  /** All sources that change, in the order of application. */
  List<Source> all() {
    return Stream.concat(sources.stream(), removals.stream()).toList();
  }

  static String absence(CheckedArchive archive, Source source) {
    return archive.raw().contains(source.member())
        ? source.member() + " was damaged when it was saved and cannot be restored"
        : source.member() + " is not in the archive; the live one stays";
  }

  private static void requireAll(Set<Component> named, List<Source> chosen, List<String> warnings) {
    Set<Component> found = chosen.stream().map(Source::component).collect(Collectors.toSet());
    boolean lacking = chosen.isEmpty() || !found.containsAll(named);
    if (lacking) {
      String asked =
          named.isEmpty()
              ? "all components"
              : named.stream().map(Component::id).sorted().collect(Collectors.joining(", "));
      throw new EngineException(ErrorKind.NOT_FOUND, OPERATION, asked, String.join("; ", warnings))
          .withHint("tacvault show lists what the archive holds");
    }
  }
}
