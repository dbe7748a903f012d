package org.tacvault.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tacvault.cli.output.Console;
import org.tacvault.cli.output.Times;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.restore.UndoTarget;

/**
 * The restore that an undo takes back.
 *
 * @param archive what it restored
 * @param notUndoable later restores, which have no emergency backup and stay
 */
record Undone(
    String executionId,
    Instant startedAt,
    List<String> components,
    @Nullable String archive,
    List<String> notUndoable) {
  static Undone of(UndoTarget target) {
    Execution restore = target.restore();
    return new Undone(
        restore.id(),
        restore.startedAt(),
        target.components().stream().map(Component::id).toList(),
        restore.result().backupPath(),
        target.unsaved().stream().map(Execution::id).toList());
  }

  String text() {
    String from = archive == null ? "" : " from " + Console.printable(archive);
    String what =
        "Undoes the restore %s of %s, which restored %s%s\n"
            .formatted(
                executionId,
                Times.absolute(startedAt, ZoneOffset.UTC),
                String.join(", ", components),
                from);
    return notUndoable.isEmpty()
        ? what
        : what
            + "  ! a later restore has no emergency backup and is not undone: "
            + String.join(", ", notUndoable)
            + "\n";
  }
}
