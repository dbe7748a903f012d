package org.tacvault.engine.sqlite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/**
 * A process of another user that copies the database of its first argument into the directory of
 * its second, and prints how many devices the copy holds.
 */
public final class ForeignReader {
  private ForeignReader() {}

  public static void main(String[] arguments) throws Exception {
    Path source = Path.of(arguments[0]);
    Path target = Path.of(arguments[1]);
    System.out.println("readonly " + !Files.isWritable(source.getParent()));
    Path copy = target.resolve("copy.db");
    try (LiveDatabase database = LiveDatabase.open(source, target.resolve("scratch"))) {
      database.copyTo(copy, CopyProgress.NONE);
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
        Statement statement = connection.createStatement()) {
      System.out.println(
          "rows " + statement.executeQuery("SELECT count(*) FROM device").getLong(1));
    }
  }
}
