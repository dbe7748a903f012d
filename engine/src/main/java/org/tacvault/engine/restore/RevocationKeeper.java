package org.tacvault.engine.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tacvault.engine.backup.ServerContext;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.source.Source;

/**
 * Leaves withdrawn what was withdrawn since the backup: edits the staged copies of users and
 * devices before they go live. What the archive held is kept beside them, so that this can be
 * repeated when what is live has changed.
 */
final class RevocationKeeper {
  private static final String ORIGINALS = "originals";

  private final List<Source> sources;
  private final Optional<ServerContext> live;
  private final Path staged;
  private final boolean force;

  /**
   * @param restored everything that is restored
   * @param live the server as it is now
   * @param staged the private directory of the staged copies
   * @param force goes on with what cannot be compared
   */
  RevocationKeeper(
      List<Source> restored, Optional<ServerContext> live, Path staged, boolean force) {
    this.sources =
        restored.stream().filter(it -> !Withdrawals.tables(it.member()).isEmpty()).toList();
    this.live = live;
    this.staged = staged;
    this.force = force;
  }

  /**
   * Makes the staged copies such that nothing comes back that is withdrawn now.
   *
   * @throws EngineException {@code REFUSED} when it cannot be known what was withdrawn
   */
  KeptRevocations keep() {
    Map<String, Capped<Revocation>> members = new HashMap<>();
    List<PlanWarning> warnings = new ArrayList<>();
    if (sources.isEmpty()) {
      warnings.add(
          new PlanWarning(
              PlanWarning.Kind.NOTHING_TO_KEEP,
              null,
              "--keep-revocations has no effect: neither users nor devices are restored"));
    }
    for (Source source : sources) {
      StagedEdit edit = new StagedEdit(source.member(), now(source), original(source));
      List<String> unknown = edit.apply(staged.resolve(source.member()));
      members.put(source.member(), edit.kept());
      unknown.forEach(reason -> warnings.add(unknown(source, reason)));
    }
    return new KeptRevocations(members, warnings);
  }

  /** Where the server has it now: a restored configuration may move it. */
  private Path now(Source target) {
    return live.stream()
        .flatMap(context -> context.sources().stream())
        .filter(source -> source.member().equals(target.member()) && source.exists())
        .findFirst()
        .orElse(target)
        .live();
  }

  private Path original(Source source) {
    Path copy = staged.resolve(source.member());
    Path original = staged.resolve(ORIGINALS).resolve(source.member());
    try {
      if (Files.notExists(original)) {
        Files.createDirectories(original.getParent());
        Files.move(copy, original, StandardCopyOption.ATOMIC_MOVE);
      }
      return original;
    } catch (IOException e) {
      throw IoFailures.of("keep revocations", copy, e);
    }
  }

  private PlanWarning unknown(Source source, String reason) {
    if (!force) {
      throw new EngineException(
              ErrorKind.REFUSED,
              "keep revocations",
              source.live(),
              "what was withdrawn since the backup is not known: " + reason)
          .withHint(
              "nothing was restored; without --keep-revocations, or with --force, all comes back"
                  + " as it was then");
    }
    return new PlanWarning(
        PlanWarning.Kind.REVOCATIONS_UNKNOWN,
        source.member(),
        "what was withdrawn from "
            + source.member()
            + " since the backup is not known and may come back: "
            + reason);
  }
}
