package org.tacvault.server;

import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.StartupNotes;
import org.tacvault.engine.StartupReport;

/** The engine that all of the service works on, one per service. */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(ServerConfiguration.class);

  /** Opens the home, and says what a killed process had left in it; closed with the service. */
  @Bean(destroyMethod = "close")
  BackupEngine backupEngine(ServerOptions options) {
    BackupEngine engine = BackupEngine.open(options.engine());
    tell(engine.startup());
    return engine;
  }

  @Bean
  InstantSource clock(ServerOptions options) {
    return options.engine().clock();
  }

  private static void tell(StartupReport startup) {
    StartupNotes.of(startup).forEach(LOG::warn);
    StartupNotes.warnings(startup).forEach(LOG::error);
  }
}
