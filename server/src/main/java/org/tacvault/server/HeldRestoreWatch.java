package org.tacvault.server;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;
import org.tacvault.engine.RestoreWatch;

/** Takes back a restore that is not confirmed in time, whoever made it, while the service runs. */
@Component
class HeldRestoreWatch implements InitializingBean, DisposableBean {
  private static final Logger LOG = LoggerFactory.getLogger(HeldRestoreWatch.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final RestoreWatch watch;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "held-restore-watch"));
  private @Nullable String lastFailure;

  HeldRestoreWatch(ServerOptions options) {
    watch = new RestoreWatch(options.engine());
  }

  @Override
  public void afterPropertiesSet() {
    executor.scheduleWithFixedDelay(
        this::look, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** An exception would end the schedule; what keeps failing is said once. */
  private void look() {
    try {
      watch
          .look()
          .ifPresent(
              back ->
                  LOG.warn(
                      "The restore {} was not kept: all is as before{}",
                      back.executionId(),
                      back.remark()));
      lastFailure = null;
    } catch (RuntimeException e) {
      if (!String.valueOf(e.getMessage()).equals(lastFailure)) {
        LOG.error("A restore that was not kept cannot go back yet: {}", e.getMessage());
      }
      lastFailure = String.valueOf(e.getMessage());
    }
  }

  /** Lets a going back come to its end; one that is cut off is finished by the next start. */
  @Override
  public void destroy() throws InterruptedException {
    executor.shutdown();
    if (!executor.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      LOG.warn("A restore was still going back; the next start goes on with it");
    }
  }
}
