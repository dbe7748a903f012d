package org.tacvault.engine.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.io.FileReplacement;
import org.tacvault.engine.sqlite.CopyProgress;

/** A plain file: {@code tacacs.conf}. */
public record FileSource(Component component, String member, Path live) implements Source {
  @Override
  public EntryType type() {
    return EntryType.CONFIG;
  }

  @Override
  public Capture capture(Path scratch) {
    try {
      byte[] content = Files.readAllBytes(live);
      return new FileCapture(content);
    } catch (IOException e) {
      throw IoFailures.of("read file", live, e);
    }
  }

  /** A running server has read it already. */
  @Override
  public boolean isReplacedHot() {
    return false;
  }

  @Override
  public void replace(Path staged, Runnable lastMoment, CopyProgress progress) {
    lastMoment.run();
    try {
      FileReplacement.replace(staged, live);
    } catch (IOException e) {
      throw IoFailures.of("replace file", live, e);
    }
  }

  @Override
  public void remove(Runnable lastMoment) {
    lastMoment.run();
    RawFiles.remove(live);
  }

  @Override
  public Kept keep(Path directory) {
    return exists() ? RawFiles.keep(live, member, directory) : Kept.ABSENT;
  }

  @Override
  public void putBack(Kept kept, Path directory) {
    RawFiles.putBack(kept, live, member, directory);
  }

  /** A configuration is small: its bytes are the consistent view. */
  private record FileCapture(byte[] content) implements Capture {
    @Override
    public boolean isPinned() {
      return true;
    }

    @Override
    public void copyTo(Path target, CopyProgress progress) {
      try {
        Files.write(target, content);
        progress.copied(content.length, content.length);
      } catch (IOException e) {
        throw IoFailures.of("copy file", target, e);
      }
    }

    @Override
    public void close() {}
  }
}
