package org.tacvault.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.tacvault.engine.catalog.AuditEvent;

class DeniedAttemptsTest {
  private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

  private final DeniedAttempts denied = new DeniedAttempts();

  @Test
  void theFirstOfAMinuteIsWrittenAndTheOthersAreCounted() {
    assertThat(denied.offer(attempt("192.0.2.1", 401, 0))).isPresent();
    for (int second = 1; second < 60; second++) {
      assertThat(denied.offer(attempt("192.0.2.1", 401, second))).isEmpty();
    }
    assertThat(denied.due(NOON.plusSeconds(59))).isEmpty();
    assertThat(denied.due(NOON.plusSeconds(60)))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.times()).isEqualTo(59);
              assertThat(event.at()).isEqualTo(NOON.plusSeconds(59));
            });
    assertThat(denied.offer(attempt("192.0.2.1", 401, 61))).isPresent();
  }

  @Test
  void aSingleAttemptIsNotWrittenTwice() {
    denied.offer(attempt("192.0.2.1", 401, 0));
    assertThat(denied.due(NOON.plusSeconds(60))).isEmpty();
  }

  @Test
  void otherPlacesAndStatusesAreWrittenForThemselves() {
    assertThat(denied.offer(attempt("192.0.2.1", 401, 0))).isPresent();
    assertThat(denied.offer(attempt("192.0.2.1", 429, 0))).isPresent();
    assertThat(denied.offer(attempt("192.0.2.2", 401, 0))).isPresent();
  }

  @Test
  void aHundredThousandPlacesDoNotFillTheLog() {
    int written = 0;
    for (int place = 0; place < 100_000; place++) {
      written += denied.offer(attempt("place-" + place, 401, 0)).isPresent() ? 1 : 0;
    }
    assertThat(written).isEqualTo(DeniedAttempts.MOST + 1);
    assertThat(denied.due(NOON.plusSeconds(60)))
        .extracting(AuditEvent::times)
        .containsExactly(100_000 - written);
  }

  private static AuditedRequest attempt(String network, int status, int second) {
    return new AuditedRequest(
        new AuditEvent(
            NOON.plusSeconds(second),
            "anonymous",
            network,
            null,
            "POST /admin/login",
            null,
            status,
            null,
            null,
            null,
            1),
        network);
  }
}
