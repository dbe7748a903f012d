package org.tacvault.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.tacvault.engine.schedule.BackupScheduler;

/** Whether the service does what it is for; asked by supervisors, without login. */
@RestController
class ReadyController {
  private final BackupScheduler scheduler;

  ReadyController(BackupScheduler scheduler) {
    this.scheduler = scheduler;
  }

  /**
   * The answer.
   *
   * @param reason one sentence without paths: anybody may ask
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Ready(boolean ready, @Nullable String reason) {}

  /** {@code 503} while jobs do not run. */
  @GetMapping("/ready")
  ResponseEntity<Ready> ready() {
    return scheduler.isRunning()
        ? ResponseEntity.ok(new Ready(true, null))
        : ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
            .body(new Ready(false, "the scheduler does not run jobs; the log says why"));
  }
}
