package org.tacvault.engine.sample;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.io.Permissions;

/**
 * A made-up TACACS+ home as the Python server lays it out: {@code config/tacacs.conf} and six
 * databases with its tables, indexes, triggers, view and journal modes. The same size, seed and
 * time give the same content. The administrator has no password: no sample can be logged in to.
 */
public final class SampleHome {
  /** {@code [server] instance_name} of every sample. */
  public static final String INSTANCE_NAME = "tacacs-sample";

  private static final String OPERATION = "create sample home";

  private SampleHome() {}

  /**
   * Fills {@code directory}, which is created if missing and must be empty.
   *
   * @param now the newest rows are as old as this
   */
  public static Home create(Path directory, SampleSize size, long seed, Instant now) {
    Home home = Home.at(directory);
    try {
      Permissions.createDirectories(home.root());
      requireEmpty(home.root());
      write(home, size, seed, now);
      return home;
    } catch (IOException | SQLException e) {
      throw IoFailures.of(OPERATION, home.root(), e);
    }
  }

  private static void write(Home home, SampleSize size, long seed, Instant now)
      throws IOException, SQLException {
    Permissions.createDirectories(home.configFile().getParent());
    Permissions.createDirectories(home.data());
    List<Person> people = Person.invent(size.users(), new Dice(seed));
    SampleConfig config = SampleConfig.invent(new Dice(seed + 1));
    config.write(home.configFile());
    DevicesSample.write(home.data().resolve("devices.db"), size.devices(), new Dice(seed + 2), now);
    UsersSample.write(home.data().resolve("local_auth.db"), people, new Dice(seed + 3), now);
    new AccountingSample(people, new Dice(seed + 4), now)
        .write(home.data().resolve("tacacs_accounting.db"), size.accountingRows());
    MetricsSample.write(
        home.data().resolve("metrics_history.db"), size.metricsRows(), new Dice(seed + 5), now);
    AuditSample.write(
        home.data().resolve("audit_trail.db"), size.auditRows(), people, new Dice(seed + 6), now);
    OverridesSample.write(home.overridesDatabase(), config, people, new Dice(seed + 7), now);
  }

  private static void requireEmpty(Path directory) throws IOException {
    try (DirectoryStream<Path> content = Files.newDirectoryStream(directory)) {
      if (content.iterator().hasNext()) {
        throw new EngineException(
                ErrorKind.CONFLICT, OPERATION, directory, "the directory is not empty")
            .withHint("name a new or empty directory; nothing was written");
      }
    }
  }
}
