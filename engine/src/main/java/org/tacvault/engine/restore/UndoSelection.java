package org.tacvault.engine.restore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.source.Source;
import org.tacvault.engine.verify.CheckedArchive;

/** What of an emergency backup comes back, and what goes, when its restore is undone. */
final class UndoSelection {
  private UndoSelection() {}

  /** What {@code restore} changed. */
  static RestoreRecord recordOf(Execution restore) {
    return RestoreRecord.parse(restore.result().manifestJson());
  }

  /**
   * Chooses just those files that the undone restore changed: those that it made go, unless the
   * archive holds them. Where its configuration moved a database, the old one was not touched, and
   * stays.
   *
   * @param named what shall come back; empty means all of it
   * @param all where the server will look for its files when this is done
   */
  static RestoreSelection of(
      CheckedArchive archive, Set<Component> named, List<Source> all, Execution undone) {
    Map<String, Source> places =
        all.stream().collect(Collectors.toMap(Source::member, Function.identity()));
    List<Source> back = new ArrayList<>();
    List<Source> made = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (RestoreRecord.Entry entry : recordOf(undone).entries()) {
      Source source = entry.source();
      boolean isWanted = named.isEmpty() || named.contains(source.component());
      if (!isWanted || !places.containsKey(source.member())) {
        continue;
      }
      Source place = places.get(source.member());
      boolean isUntouched = !place.live().equals(source.live()) && place.exists();
      if (archive.holds(source.member()) && !isUntouched) {
        back.add(place);
      } else if (!entry.created()) {
        warnings.add(RestoreSelection.absence(archive, source));
      }
      if (entry.created()) {
        made.add(source);
      }
    }
    Set<Path> kept = back.stream().map(Source::live).collect(Collectors.toSet());
    List<Source> removals =
        made.stream().filter(Source::exists).filter(it -> !kept.contains(it.live())).toList();
    if (back.isEmpty() && removals.isEmpty()) {
      throw nothing(undone, warnings);
    }
    return new RestoreSelection(back, removals, warnings);
  }

  private static EngineException nothing(Execution undone, List<String> reasons) {
    String reason =
        reasons.isEmpty() ? "nothing that it changed is there" : String.join("; ", reasons);
    return new EngineException(ErrorKind.NOT_FOUND, "undo restore", undone.id(), reason)
        .withHint("tacvault executions " + undone.id() + " shows what it did");
  }
}
