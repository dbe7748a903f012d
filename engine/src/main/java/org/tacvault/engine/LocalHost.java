package org.tacvault.engine;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.tacvault.engine.backup.HostFacts;
import org.tacvault.engine.config.Environment;

/** What this machine and process are called. */
final class LocalHost {
  private LocalHost() {}

  static HostFacts facts(Environment environment, String token) {
    String hostname = environment.nonEmpty("HOSTNAME").orElseGet(LocalHost::lookup);
    return new HostFacts(
        hostname,
        ProcessHandle.current().pid() + "@" + hostname + " " + token,
        Version.current(),
        System.getProperty("java.version"),
        "%s-%s-%s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")));
  }

  private static String lookup() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
