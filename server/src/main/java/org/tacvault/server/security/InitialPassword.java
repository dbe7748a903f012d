package org.tacvault.server.security;

import java.util.Optional;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.stereotype.Component;

/** Sees to it that nobody starts without a password of their own, and that none is well-known. */
@Component
public class InitialPassword
    implements InitializingBean, ApplicationListener<ApplicationReadyEvent> {
  private final AdminCredentials credentials;
  private Optional<NewAdministrator> created = Optional.empty();

  InitialPassword(AdminCredentials credentials) {
    this.credentials = credentials;
  }

  @Override
  public void afterPropertiesSet() {
    created = credentials.createIfMissing();
  }

  /** The password that this start has made, to be shown once; never logged. */
  public Optional<NewAdministrator> created() {
    return created;
  }

  /** Beside the start, which a slow hash would hold up. */
  @Override
  public void onApplicationEvent(ApplicationReadyEvent ready) {
    Thread check =
        new Thread(
            () ->
                credentials
                    .current()
                    .map(AdminAccount::passwordHash)
                    .ifPresent(SamplePassword::warnIfHashed),
            "sample-password-check");
    check.setDaemon(true);
    check.start();
  }
}
