package org.tacvault.cli;

import java.util.stream.Collectors;
import org.tacvault.engine.restore.Capped;
import org.tacvault.engine.restore.RestorePlanText;
import org.tacvault.engine.restore.Revocation;

/** What a restore left withdrawn, for people. */
final class KeptLines {
  private KeptLines() {}

  /** Lines to follow another one; nothing when there is nothing to tell. */
  static String of(Capped<Revocation> kept) {
    if (kept.isEmpty()) {
      return "";
    }
    int most = RestorePlanText.MOST_LINES;
    String lines =
        kept.first().stream()
            .limit(most)
            .map(each -> "\n  " + each.text())
            .collect(Collectors.joining());
    long more = kept.total() - Math.min(most, kept.first().size());
    return "\nLeft withdrawn:" + lines + (more > 0 ? "\n  … and " + more + " more" : "");
  }
}
