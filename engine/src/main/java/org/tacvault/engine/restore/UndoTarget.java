package org.tacvault.engine.restore;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.verify.ArchiveRef;

/**
 * The restore that an undo takes back: the newest completed one that has an emergency backup and
 * has not been taken back. An undo is a restore too, so undoing twice brings back what the first
 * undo took.
 *
 * @param restore what is taken back
 * @param unsaved later restores, without an emergency backup, which therefore stay
 */
public record UndoTarget(Execution restore, List<Execution> unsaved) {
  private static final String OPERATION = "undo restore";

  public UndoTarget {
    unsaved = List.copyOf(unsaved);
  }

  /**
   * Decides.
   *
   * @param newestFirst completed restores
   */
  static Optional<UndoTarget> choose(List<Execution> newestFirst) {
    Set<String> undone = new HashSet<>();
    List<Execution> unsaved = new ArrayList<>();
    for (Execution each : newestFirst) {
      if (undone.contains(each.id())) {
        continue;
      }
      if (each.result().emergencyPath() != null) {
        return Optional.of(new UndoTarget(each, unsaved));
      }
      String undoes = each.request().undoes();
      if (undoes == null) {
        unsaved.add(each);
      } else {
        undone.add(undoes);
      }
    }
    return Optional.empty();
  }

  /** What the restore replaced, or made. */
  public Set<Component> components() {
    Set<Component> components = EnumSet.noneOf(Component.class);
    UndoSelection.recordOf(restore)
        .entries()
        .forEach(entry -> components.add(entry.source().component()));
    return components;
  }

  /** The emergency backup of the restore; {@code NOT_FOUND} when it is gone. */
  public ArchiveRef archive() {
    Path file = Path.of(Objects.requireNonNull(restore.result().emergencyPath()));
    if (!Files.exists(file)) {
      throw new EngineException(
              ErrorKind.NOT_FOUND, OPERATION, restore.id(), "its emergency backup is gone: " + file)
          .withHint(
              "emergency_keep_days and emergency_keep_last say how long they stay; restore"
                  + " another backup: tacvault list");
    }
    return new ArchiveRef.File(file);
  }

  /**
   * The restore that takes it back.
   *
   * @param named what of it; empty means all that it changed
   */
  public RestoreRequest request(
      Set<Component> named,
      Keys keys,
      RestoreOptions options,
      String triggeredBy,
      RestoreListener listener) {
    Set<Component> changed = components();
    if (!changed.containsAll(named)) {
      throw new EngineException(
              ErrorKind.NOT_FOUND, OPERATION, ids(named), "the restore did not change all of that")
          .withHint("restore " + restore.id() + " changed: " + ids(changed));
    }
    return new RestoreRequest(
        archive(),
        named.isEmpty() ? changed : named,
        keys,
        options,
        triggeredBy,
        listener,
        restore);
  }

  private static String ids(Set<Component> components) {
    return components.stream().map(Component::id).sorted().collect(Collectors.joining(", "));
  }
}
