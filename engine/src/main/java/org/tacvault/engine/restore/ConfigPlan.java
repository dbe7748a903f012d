package org.tacvault.engine.restore;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.tacvault.engine.config.IniFile;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.source.Source;

/** What the restore of {@code tacacs.conf} would change. */
final class ConfigPlan {
  private final Source source;
  private final PlanWarnings warnings;

  ConfigPlan(Source source, PlanWarnings warnings) {
    this.source = source;
    this.warnings = warnings;
  }

  RestorePlan.Member plan(Path copy) {
    MemberDraft draft = new MemberDraft();
    boolean isNew = Files.notExists(source.live());
    Optional<IniFile> after =
        read(copy, PlanWarning.Kind.NOT_COMPARABLE, "the backup's " + source.member());
    if (isNew) {
      after.ifPresent(file -> draft.settings.files(null, file));
    } else {
      Optional<IniFile> now =
          read(source.live(), PlanWarning.Kind.LIVE_UNREADABLE, "live " + source.member());
      now.ifPresent(left -> after.ifPresent(right -> draft.settings.files(left, right)));
    }
    return draft.comes(source, isNew);
  }

  private Optional<IniFile> read(Path file, PlanWarning.Kind failing, String what) {
    try {
      return Optional.of(IniFile.read(file));
    } catch (EngineException e) {
      warnings.add(failing, source.member(), what + " cannot be read", e);
      return Optional.empty();
    }
  }
}
