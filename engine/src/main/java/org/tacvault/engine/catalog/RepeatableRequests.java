package org.tacvault.engine.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Requests that may be sent again without being done again; forgotten after a day. */
public final class RepeatableRequests {
  /** How long the first answer is given again. */
  public static final Duration KEPT = Duration.ofHours(24);

  private final StateDatabase database;

  RepeatableRequests(StateDatabase database) {
    this.database = database;
  }

  /**
   * Takes {@code key} for {@code request}; returns what took it before, and changes nothing then.
   */
  public Optional<RepeatableRequest> claim(String key, String request, Instant now) {
    return database.write(
        connection -> {
          Statements.update(
              connection,
              "DELETE FROM tacvault_requests WHERE created_at < ?",
              Timestamps.format(now.minus(KEPT)));
          int claimed =
              Statements.update(
                  connection,
                  "INSERT INTO tacvault_requests(key_hash, request_hash, created_at)"
                      + " VALUES (?, ?, ?) ON CONFLICT(key_hash) DO NOTHING",
                  key,
                  request,
                  Timestamps.format(now));
          return claimed == 1
              ? Optional.empty()
              : Statements.first(
                  connection,
                  "SELECT * FROM tacvault_requests WHERE key_hash = ?",
                  RepeatableRequests::read,
                  key);
        });
  }

  /** Notes the execution that the request started. */
  public void began(String key, String executionId) {
    update("UPDATE tacvault_requests SET execution_id = ? WHERE key_hash = ?", executionId, key);
  }

  /** Keeps the answer to the request. */
  public void answer(String key, int status, String answer) {
    update(
        "UPDATE tacvault_requests SET status = ?, answer = ? WHERE key_hash = ?",
        status,
        answer,
        key);
  }

  /** Forgets a request that came to nothing, so that it can be sent again. */
  public void release(String key) {
    update("DELETE FROM tacvault_requests WHERE key_hash = ?", key);
  }

  private void update(String sql, Object... values) {
    database.write(connection -> Statements.update(connection, sql, values));
  }

  private static RepeatableRequest read(ResultSet row) throws SQLException {
    int status = row.getInt("status");
    boolean isAnswered = !row.wasNull();
    return new RepeatableRequest(
        row.getString("key_hash"),
        row.getString("request_hash"),
        row.getString("execution_id"),
        isAnswered ? status : null,
        row.getString("answer"));
  }
}
