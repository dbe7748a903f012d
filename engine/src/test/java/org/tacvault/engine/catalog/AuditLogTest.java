package org.tacvault.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.catalog.AuditEvent.Outcome;
import org.tacvault.engine.error.EngineException;

class AuditLogTest {
  private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
  private static final AuditFilter ALL = new AuditFilter(null, null, null, null, null, 100, 0);

  @TempDir Path directory;
  private AuditLog log;

  @BeforeEach
  void open() {
    log = Catalog.open(directory.resolve("backup_executions.db")).audit();
  }

  @Test
  void givesBackWhatWasAddedNewestFirst() {
    AuditEvent full =
        new AuditEvent(
            NOON,
            "admin",
            "192.0.2.1",
            "0123456789ab",
            "DELETE /api/admin/backup/destinations/{id}",
            "id=42",
            404,
            "'; DROP TABLE tacvault_audit_log; --",
            "curl/8",
            "c-1",
            1);
    AuditEvent later = event(NOON.plusSeconds(1), "api-token", "POST /x", 200);
    log.add(full);
    log.add(later);
    assertThat(log.list(ALL)).containsExactly(later, full);
    assertThat(log.count(ALL)).isEqualTo(2);
  }

  @Test
  void statusTellsTheOutcome() {
    assertThat(List.of(200, 303, 400, 401, 403, 404, 429, 500))
        .extracting(status -> event(NOON, "a", "b", status).outcome())
        .containsExactly(
            Outcome.SUCCEEDED,
            Outcome.SUCCEEDED,
            Outcome.FAILED,
            Outcome.DENIED,
            Outcome.DENIED,
            Outcome.FAILED,
            Outcome.DENIED,
            Outcome.FAILED);
  }

  @Test
  void filtersByActorActionOutcomeAndTimeAndGivesParts() {
    for (int second = 0; second < 10; second++) {
      log.add(
          event(
              NOON.plusSeconds(second),
              second % 2 == 0 ? "admin" : "api-token",
              second < 5 ? "POST /trigger" : "POST /restore",
              second == 9 ? 401 : 200));
    }
    assertThat(seconds(new AuditFilter("admin", null, null, null, null, 100, 0)))
        .containsExactly(8, 6, 4, 2, 0);
    assertThat(seconds(new AuditFilter(null, "RESTORE", null, null, null, 100, 0)))
        .containsExactly(9, 8, 7, 6, 5);
    assertThat(seconds(new AuditFilter(null, "%", null, null, null, 100, 0))).isEmpty();
    assertThat(seconds(new AuditFilter(null, null, Outcome.DENIED, null, null, 100, 0)))
        .containsExactly(9);
    assertThat(
            seconds(
                new AuditFilter(
                    null, null, null, NOON.plusSeconds(3), NOON.plusSeconds(5), 100, 0)))
        .containsExactly(4, 3);
    AuditFilter part = new AuditFilter(null, null, null, null, null, 3, 2);
    assertThat(seconds(part)).containsExactly(7, 6, 5);
    assertThat(log.count(part)).isEqualTo(10);
  }

  @Test
  void partsThatCannotBeAreRefused() {
    assertThatThrownBy(() -> new AuditFilter(null, null, null, null, null, 1_001, 0))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("limit 1001");
    assertThatThrownBy(() -> new AuditFilter(null, null, null, null, null, 0, 0))
        .isInstanceOf(EngineException.class);
    assertThatThrownBy(() -> new AuditFilter(null, null, null, null, null, 1, -1))
        .isInstanceOf(EngineException.class);
  }

  @Test
  void pruneRemovesTheOldAndTheOldestOfTooManyAndDeniedOnesDriveOutNoOther() {
    log.add(event(NOON.minus(Duration.ofDays(400)), "admin", "POST /old", 200));
    for (int second = 0; second < 5; second++) {
      log.add(event(NOON.plusSeconds(second), "admin", "POST /trigger", 200));
      log.add(event(NOON.plusSeconds(second), "anonymous", "POST /admin/login", 401));
    }
    assertThat(log.prune(NOON.minus(Duration.ofDays(365)), 2, 4)).isEqualTo(1 + 3 + 1);
    assertThat(log.list(ALL))
        .extracting(kept -> kept.at().getEpochSecond() - NOON.getEpochSecond() + kept.action())
        .containsExactly(
            "4POST /admin/login",
            "4POST /trigger",
            "3POST /admin/login",
            "3POST /trigger",
            "2POST /trigger",
            "1POST /trigger");
  }

  private List<Integer> seconds(AuditFilter filter) {
    return log.list(filter).stream()
        .map(event -> (int) Duration.between(NOON, event.at()).toSeconds())
        .toList();
  }

  private static AuditEvent event(Instant at, String actor, String action, int status) {
    return new AuditEvent(at, actor, "192.0.2.1", null, action, null, status, null, null, null, 1);
  }
}
