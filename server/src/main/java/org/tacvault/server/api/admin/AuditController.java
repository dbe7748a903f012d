package org.tacvault.server.api.admin;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.catalog.AuditEvent;
import org.tacvault.engine.catalog.AuditEvent.Outcome;
import org.tacvault.engine.catalog.AuditFilter;
import org.tacvault.engine.catalog.AuditLog;
import org.tacvault.server.error.Violation;
import org.tacvault.server.error.ViolationException;

/** Who did what. */
@RestController
class AuditController {
  private final BackupEngine engine;

  AuditController(BackupEngine engine) {
    this.engine = engine;
  }

  /** One event; {@code times} is more than 1 where refusals alike were counted. */
  record EventView(
      Instant time,
      String who,
      String address,
      @Nullable String session,
      String action,
      @Nullable String resource,
      int status,
      String outcome,
      @Nullable String detail,
      @Nullable String userAgent,
      @Nullable String correlationId,
      int times) {
    private static EventView of(AuditEvent event) {
      return new EventView(
          event.at(),
          event.actor(),
          event.address(),
          event.session(),
          event.action(),
          event.resource(),
          event.status(),
          event.outcome().id(),
          event.detail(),
          event.userAgent(),
          event.correlationId(),
          event.times());
    }
  }

  /**
   * A part of the list, newest first.
   *
   * @param total how many events match in all
   */
  record Events(List<EventView> events, int total, int limit, int offset) {}

  /**
   * Events, newest first.
   *
   * @param who exactly: the administrator's name, {@code api-token} or {@code anonymous}
   * @param action a part of method and route
   * @param outcome {@code succeeded}, {@code failed} or {@code denied}
   * @param since ISO 8601, not before
   * @param until ISO 8601, before
   */
  @GetMapping({"/api/admin/audit", "/api/admin/backup/audit"})
  Events list(
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(defaultValue = "0") int offset,
      @RequestParam(required = false) @Nullable String who,
      @RequestParam(required = false) @Nullable String action,
      @RequestParam(required = false) @Nullable String outcome,
      @RequestParam(required = false) @Nullable String since,
      @RequestParam(required = false) @Nullable String until) {
    requireWithin("limit", limit, 1, AuditFilter.MOST);
    requireWithin("offset", offset, 0, Integer.MAX_VALUE);
    AuditFilter filter =
        new AuditFilter(
            who,
            action,
            outcome(outcome),
            time("since", since),
            time("until", until),
            limit,
            offset);
    AuditLog log = engine.catalog().audit();
    return new Events(
        log.list(filter).stream().map(EventView::of).toList(), log.count(filter), limit, offset);
  }

  private static void requireWithin(String name, int value, int least, int most) {
    if (value < least || value > most) {
      String allowed = "Input should be from " + least + " to " + most;
      throw new ViolationException(Violation.invalid("query", name, allowed, value));
    }
  }

  private static @Nullable Outcome outcome(@Nullable String text) {
    if (text == null) {
      return null;
    }
    return Arrays.stream(Outcome.values())
        .filter(outcome -> outcome.id().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new ViolationException(
                    Violation.invalid(
                        "query",
                        "outcome",
                        "Input should be 'succeeded', 'failed' or 'denied'",
                        text)));
  }

  private static @Nullable Instant time(String name, @Nullable String text) {
    try {
      // In a query a plus sign stands for a blank.
      return text == null ? null : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
    } catch (DateTimeException e) {
      String example = "Input should be a time such as 2026-11-29T12:00:00Z";
      throw new ViolationException(Violation.invalid("query", name, example, text));
    }
  }
}
