package org.tacvault.server.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tacvault.engine.catalog.AuditEvent;

/**
 * Keeps refusals from filling the log: of one network and status the first in a minute is written
 * at once, the others become one event with their number; so do those of networks beyond the first
 * {@value #MOST} in a minute.
 */
final class DeniedAttempts {
  static final int MOST = 60;
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final String ELSEWHERE = "elsewhere";

  private final Map<String, Window> windows = new LinkedHashMap<>();

  /** What came from one place since the first, which is written. */
  private static final class Window {
    private final Instant openedAt;
    private AuditEvent last;
    private int more;

    Window(AuditEvent first) {
      this.openedAt = first.at();
      this.last = first;
    }

    void add(AuditEvent event) {
      last = event;
      more++;
    }

    boolean isOver(Instant now) {
      return Duration.between(openedAt, now).compareTo(WINDOW) >= 0;
    }
  }

  /** The event if it is to be written now, else empty: then it is counted. */
  synchronized Optional<AuditEvent> offer(AuditedRequest denied) {
    AuditEvent event = denied.event();
    String place = denied.network() + " " + event.status();
    if (!windows.containsKey(place) && windows.size() >= MOST) {
      place = ELSEWHERE;
    }
    Window window = windows.get(place);
    if (window != null) {
      window.add(event);
      return Optional.empty();
    }
    windows.put(place, new Window(event));
    return Optional.of(event);
  }

  /** Closes the minutes that are over and returns what was counted in them. */
  synchronized List<AuditEvent> due(Instant now) {
    List<AuditEvent> due = new ArrayList<>();
    windows
        .values()
        .removeIf(
            window -> {
              boolean isOver = window.isOver(now);
              if (isOver && window.more > 0) {
                due.add(window.last.repeated(window.more, window.last.at()));
              }
              return isOver;
            });
    return due;
  }
}
