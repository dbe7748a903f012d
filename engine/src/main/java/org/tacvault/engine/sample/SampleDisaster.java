package org.tacvault.engine.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.home.Home;

/**
 * What goes wrong at three in the morning, done to a sample home: users and a device group deleted,
 * the configuration broken, the accounting database overwritten with garbage.
 *
 * @param usersDeleted rows of {@code local_users}
 * @param groupDeleted name of a device group
 * @param devicesDeleted the devices that were in it
 * @param bytesOverwritten of {@code tacacs_accounting.db}
 */
public record SampleDisaster(
    int usersDeleted, String groupDeleted, int devicesDeleted, long bytesOverwritten) {
  private static final String OPERATION = "play disaster on";
  private static final String GROUP = "ams-core-routers";
  private static final int BUFFER_BYTES = 1 << 16;

  /** Damages {@code home}, which {@link SampleHome} made; the same seed gives the same garbage. */
  public static SampleDisaster strike(Home home, long seed) {
    try {
      int users = delete(home.data().resolve("local_auth.db"), "DELETE FROM local_users");
      Path devices = home.data().resolve("devices.db");
      int members =
          delete(
              devices,
              "DELETE FROM devices WHERE group_id = (SELECT id FROM device_groups WHERE name = ?)",
              GROUP);
      delete(devices, "DELETE FROM device_groups WHERE name = ?", GROUP);
      breakFile(home.configFile());
      long garbage =
          overwrite(home.data().resolve("tacacs_accounting.db"), new SplittableRandom(seed));
      return new SampleDisaster(users, GROUP, members, garbage);
    } catch (IOException | SQLException e) {
      throw IoFailures.of(OPERATION, home.root(), e);
    }
  }

  private static int delete(Path database, String sql, String... parameters) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database)) {
      int rows;
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        for (int index = 0; index < parameters.length; index++) {
          statement.setString(index + 1, parameters[index]);
        }
        rows = statement.executeUpdate();
      }
      try (Statement checkpoint = connection.createStatement()) {
        checkpoint.execute("PRAGMA wal_checkpoint(TRUNCATE)");
      }
      return rows;
    }
  }

  /** An editor that saved half of the file, in the middle of a section's heading. */
  private static void breakFile(Path config) throws IOException {
    String text = Files.readString(config);
    Files.writeString(config, text.substring(0, text.length() / 2) + "\n[server\nhost 0.0.0.0\n");
  }

  private static long overwrite(Path file, SplittableRandom random) throws IOException {
    long size = Files.size(file);
    byte[] garbage = new byte[BUFFER_BYTES];
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
      for (long left = size; left > 0; left -= garbage.length) {
        random.nextBytes(garbage);
        out.write(garbage, 0, (int) Math.min(left, garbage.length));
      }
    }
    return size;
  }
}
