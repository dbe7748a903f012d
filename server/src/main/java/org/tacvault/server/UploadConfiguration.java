package org.tacvault.server;

import jakarta.servlet.MultipartConfigElement;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.backup.ServerContext;
import org.tacvault.engine.config.BackupConfig;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.io.WorkDirectory;

/** Where uploads are kept until they are verified, and how large they may be. */
@Configuration(proxyBeanMethods = false)
class UploadConfiguration {
  // The fields beside the file: a destination, a passphrase, an identity.
  private static final long FIELDS = DataSize.ofMegabytes(1).toBytes();
  // A broken configuration must not keep the service from mending it.
  private static final int UNTIL_MENDED = 10_240;
  private static final int NOTHING_IN_MEMORY = 0;

  /** Private, and removed by the next start when this process is killed. */
  @Bean(destroyMethod = "close")
  WorkDirectory uploadDirectory(BackupEngine engine) {
    try {
      return WorkDirectory.create(engine.tempDirectory(), "uploads");
    } catch (IOException e) {
      throw IoFailures.of("use temporary directory", engine.tempDirectory(), e);
    }
  }

  @Bean
  MultipartConfigElement multipartConfig(WorkDirectory uploadDirectory, BackupEngine engine) {
    int megabytes =
        engine
            .readableServer()
            .flatMap(ServerContext::validSettings)
            .map(BackupConfig::uploadMaxMegabytes)
            .orElse(UNTIL_MENDED);
    long most = DataSize.ofMegabytes(megabytes).toBytes();
    return new MultipartConfigElement(
        uploadDirectory.path().toString(), most, most + FIELDS, NOTHING_IN_MEMORY);
  }
}
