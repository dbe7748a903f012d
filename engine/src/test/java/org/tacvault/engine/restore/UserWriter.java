package org.tacvault.engine.restore;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A process that renames nothing but commits all the time: it sets the description and the service
 * of every user to the same number in one transaction, without waiting for locks beyond a second.
 */
final class UserWriter {
  private UserWriter() {}

  public static void main(String[] arguments) throws SQLException {
    AtomicBoolean ended = new AtomicBoolean();
    Thread watcher = new Thread(() -> awaitEnd(ended));
    watcher.setDaemon(true);
    watcher.start();
    long commits = 0;
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout=1000");
      statement.execute("PRAGMA synchronous=OFF");
      while (!ended.get()) {
        statement.executeUpdate(
            "UPDATE local_users SET description='" + commits + "',service='" + commits + "'");
        commits++;
        if (commits == 1) {
          System.out.println("ready");
        }
      }
    }
    System.out.println("commits " + commits);
  }

  private static void awaitEnd(AtomicBoolean ended) {
    try {
      while (System.in.read() >= 0) {
        // Only the end counts.
      }
    } catch (IOException e) {
      System.out.println("failure " + e.getMessage());
    }
    ended.set(true);
  }
}
