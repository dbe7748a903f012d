package org.tacvault.cli;

import java.util.Locale;
import org.tacvault.cli.output.ProgressBar;
import org.tacvault.engine.backup.BackupListener;
import org.tacvault.engine.backup.BackupStage;
import org.tacvault.engine.rekey.RekeyListener;
import org.tacvault.engine.rekey.RekeyStep;
import org.tacvault.engine.restore.RestoreListener;
import org.tacvault.engine.restore.RestoreStep;
import org.tacvault.engine.verify.VerifyListener;
import org.tacvault.engine.verify.VerifyStage;

/** Shows what the engine's listeners hear as a bar. */
final class Progress {
  private Progress() {}

  static BackupListener ofBackup(ProgressBar bar) {
    return new BackupListener() {
      @Override
      public void stage(BackupStage stage) {
        bar.update(stage.id(), 0, 0);
      }

      @Override
      public void progress(BackupStage stage, long doneBytes, long totalBytes) {
        bar.update(stage.id(), doneBytes, totalBytes);
      }
    };
  }

  static VerifyListener ofVerification(ProgressBar bar) {
    return new VerifyListener() {
      @Override
      public void stage(VerifyStage stage, String subject) {
        bar.update(stage.id(), 0, 0);
      }

      @Override
      public void progress(VerifyStage stage, long doneBytes, long totalBytes) {
        bar.update(stage.id(), doneBytes, totalBytes);
      }
    };
  }

  static RestoreListener ofRestore(ProgressBar bar) {
    return new RestoreListener() {
      @Override
      public void step(RestoreStep step, String subject) {
        bar.update(step.name().toLowerCase(Locale.ROOT).replace('_', ' '), 0, 0);
      }

      @Override
      public void progress(String subject, long doneBytes, long totalBytes) {
        bar.update(subject, doneBytes, totalBytes);
      }
    };
  }

  static RekeyListener ofRekeying(ProgressBar bar) {
    return new RekeyListener() {
      private String which = "";

      @Override
      public void archive(String path, int number, int count) {
        which = number + "/" + count + " ";
      }

      @Override
      public void progress(RekeyStep step, long doneBytes, long totalBytes) {
        bar.update(which + step.id(), doneBytes, totalBytes);
      }
    };
  }
}
