package org.tacvault.engine.testing;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A process that has {@link EraDatabase}s open and reads or writes them in turn until its input
 * ends; never reopens, and prepares its statements once. Arguments: {@code read -} or {@code write
 * LOG}, then the databases. Prints {@code ready} after the first round, at the end {@code rounds},
 * {@code failures}, {@code mixed} and {@code last}. A writer puts a line with number, era and file
 * name into LOG after each commit.
 */
public final class EraClient {
  private static final AtomicBoolean ENDED = new AtomicBoolean();

  private final List<Session> sessions = new ArrayList<>();
  private long rounds;
  private long failures;
  private long mixed;
  private String last = "";

  private EraClient() {}

  public static void main(String[] arguments) throws SQLException, IOException {
    EraClient client = new EraClient();
    for (String database : List.of(arguments).subList(2, arguments.length)) {
      client.sessions.add(Session.open(database));
    }
    if (arguments[0].equals("write")) {
      try (PrintStream log = new PrintStream(Path.of(arguments[1]).toFile())) {
        client.run((session, round) -> client.write(session, round, log));
      }
    } else {
      client.run((session, round) -> client.read(session));
    }
  }

  private interface Work {
    void on(Session session, long round) throws SQLException;
  }

  private void run(Work work) throws SQLException {
    Thread watcher = new Thread(EraClient::awaitEnd);
    watcher.setDaemon(true);
    watcher.start();
    while (!ENDED.get()) {
      for (Session session : sessions) {
        try {
          work.on(session, rounds);
        } catch (SQLException e) {
          failures++;
          System.out.println("failure " + e.getMessage());
          session.rollBack();
        }
      }
      if (++rounds == 1) {
        System.out.println("ready");
      }
    }
    System.out.println("rounds " + rounds);
    System.out.println("failures " + failures);
    System.out.println("mixed " + mixed);
    System.out.println("last " + last);
  }

  private void read(Session session) throws SQLException {
    session.statement.execute("BEGIN");
    String first = Session.text(session.first);
    boolean whole = Session.text(session.debits).equals(Session.text(session.credits));
    last = Session.text(session.last);
    session.statement.execute("COMMIT");
    if (!whole || !first.equals(last)) {
      mixed++;
    }
  }

  private void write(Session session, long round, PrintStream log) throws SQLException {
    session.statement.execute("BEGIN IMMEDIATE");
    last = Session.text(session.first);
    session.insert(session.debit, round, last);
    session.insert(session.credit, round, Session.text(session.last));
    session.statement.execute("COMMIT");
    log.println(round + " " + last + " " + session.name);
  }

  private static void awaitEnd() {
    try {
      while (System.in.read() >= 0) {
        // Only the end counts.
      }
    } catch (IOException e) {
      System.out.println("failure " + e.getMessage());
    }
    ENDED.set(true);
  }

  private record Session(
      String name,
      Statement statement,
      PreparedStatement first,
      PreparedStatement last,
      PreparedStatement debits,
      PreparedStatement credits,
      PreparedStatement debit,
      PreparedStatement credit) {
    static Session open(String database) throws SQLException {
      Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
      Statement statement = connection.createStatement();
      statement.execute("PRAGMA busy_timeout=30000");
      statement.execute("PRAGMA synchronous=OFF");
      return new Session(
          Path.of(database).getFileName().toString(),
          statement,
          connection.prepareStatement("SELECT name FROM era_first"),
          connection.prepareStatement("SELECT name FROM era_last"),
          connection.prepareStatement("SELECT count(*) FROM debit"),
          connection.prepareStatement("SELECT count(*) FROM credit"),
          connection.prepareStatement("INSERT INTO debit(seq,era) VALUES(?,?)"),
          connection.prepareStatement("INSERT INTO credit(seq,era) VALUES(?,?)"));
    }

    static String text(PreparedStatement query) throws SQLException {
      try (ResultSet result = query.executeQuery()) {
        return result.getString(1);
      }
    }

    void insert(PreparedStatement insertion, long number, String era) throws SQLException {
      insertion.setLong(1, number);
      insertion.setString(2, era);
      insertion.executeUpdate();
    }

    void rollBack() throws SQLException {
      if (!statement.getConnection().isClosed()) {
        try {
          statement.execute("ROLLBACK");
        } catch (SQLException e) {
          System.out.println("no transaction " + e.getMessage());
        }
      }
    }
  }
}
