package org.tacvault.engine.destination;

import java.util.ArrayList;
import java.util.List;

/** The retries at one destination since it was opened, for people; the first hundred in words. */
public final class RetryLog implements RetryListener {
  private static final int MOST = 100;

  private final List<String> texts = new ArrayList<>();
  private int more;

  @Override
  public synchronized void retrying(Retry retry) {
    if (texts.size() < MOST) {
      texts.add(retry.text());
    } else {
      more++;
    }
  }

  /** One sentence for each, in their order. */
  public synchronized List<String> texts() {
    List<String> all = new ArrayList<>(texts);
    if (more > 0) {
      all.add("and " + more + " more retries");
    }
    return List.copyOf(all);
  }
}
