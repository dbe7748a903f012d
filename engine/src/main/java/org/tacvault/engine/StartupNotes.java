package org.tacvault.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.restore.HeldRestore;
import org.tacvault.engine.restore.Recovery;

/** What opening a home found unfinished and did about it, one sentence each. */
public final class StartupNotes {
  private StartupNotes() {}

  /** What was found, and done about it. */
  public static List<String> of(StartupReport report) {
    List<String> notes = new ArrayList<>();
    report.recovered().ifPresent(recovery -> notes.add(recovered(recovery)));
    report.held().ifPresent(held -> notes.add(held(held)));
    report
        .recovered()
        .filter(recovery -> !recovery.server().commands().isEmpty())
        .filter(recovery -> recovery.server().failure().isEmpty())
        .ifPresent(recovery -> notes.add("Brought the TACACS+ server up again"));
    report
        .interrupted()
        .forEach(
            execution ->
                notes.add(
                    "Marked as failed: %s %s, whose process is gone"
                        .formatted(execution.kind().id(), execution.id())));
    if (report.removedWorkDirectories() > 0) {
      notes.add(
          "Removed what a killed process left in the temporary directory: %d %s"
              .formatted(
                  report.removedWorkDirectories(),
                  report.removedWorkDirectories() == 1 ? "directory" : "directories"));
    }
    report.secrets().sealed().forEach(name -> notes.add(sealed(name)));
    if (report.secrets().rotationFinished()) {
      notes.add("Finished the change of the key of destinations' secrets, which was killed");
    }
    return notes;
  }

  /** What somebody has to see to, or to know, at once. */
  public static List<String> warnings(StartupReport report) {
    List<String> warnings = new ArrayList<>();
    report
        .recovered()
        .flatMap(recovery -> recovery.server().failure())
        .ifPresent(
            why ->
                warnings.add(
                    "the TACACS+ server, which the restore had stopped, is not known to be up:"
                        + " start it by hand: "
                        + why));
    report.recovered().ifPresent(recovery -> warnings.addAll(recovery.losses()));
    report
        .secrets()
        .failure()
        .ifPresent(
            failure ->
                warnings.add("secrets of destinations are not encrypted: " + failure.getMessage()));
    warnings.addAll(report.secrets().exposures());
    return warnings;
  }

  private static String sealed(String destination) {
    return "Encrypted the secrets of destination '%s'; the Python server cannot use it any more"
        .formatted(destination);
  }

  private static String recovered(Recovery.Report recovery) {
    String what =
        recovery.components().stream().map(Component::id).collect(Collectors.joining(", "));
    return switch (recovery.outcome()) {
      case KEPT ->
          "Finished keeping the restore %s, which was killed: %s"
              .formatted(recovery.executionId(), what);
      case COMMITTED ->
          "Finished the restore %s, which was killed when all was in place: %s"
              .formatted(recovery.executionId(), what);
      case ROLLED_BACK ->
          "Rolled back the restore %s, which was killed; as before are: %s"
              .formatted(recovery.executionId(), what);
      case WENT_BACK ->
          "Went back from the restore %s, which was not kept; as before are: %s"
              .formatted(recovery.executionId(), what);
    };
  }

  private static String held(HeldRestore held) {
    return "The restore %s waits to be confirmed. %s"
        .formatted(held.executionId(), GoesBack.text(held.deadline()));
  }
}
