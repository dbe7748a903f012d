package org.tacvault.engine.catalog;

import static org.tacvault.engine.catalog.Statements.query;
import static org.tacvault.engine.catalog.Statements.update;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.catalog.AuditEvent.Outcome;

/** Who did what with the service; events are added and, when they are old or many, removed. */
public final class AuditLog {
  private static final String INSERT =
      "INSERT INTO tacvault_audit_log(at, actor, address, session, action, resource, status,"
          + " outcome, detail, user_agent, correlation_id, times)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String MATCHING =
      " FROM tacvault_audit_log WHERE (?1 IS NULL OR actor = ?1)"
          + " AND (?2 IS NULL OR instr(lower(action), ?2) > 0) AND (?3 IS NULL OR outcome = ?3)"
          + " AND (?4 IS NULL OR at >= ?4) AND (?5 IS NULL OR at < ?5)";
  private static final String LIST =
      "SELECT *" + MATCHING + " ORDER BY at DESC, id DESC LIMIT ?6 OFFSET ?7";
  private static final String COUNT = "SELECT count(*) AS n" + MATCHING;
  private static final String REMOVE_OLD = "DELETE FROM tacvault_audit_log WHERE at < ?";
  private static final String REMOVE_DENIED =
      "DELETE FROM tacvault_audit_log WHERE outcome = 'denied' AND id NOT IN (SELECT id FROM"
          + " tacvault_audit_log WHERE outcome = 'denied' ORDER BY id DESC LIMIT ?)";
  private static final String REMOVE_OTHERS =
      "DELETE FROM tacvault_audit_log WHERE outcome <> 'denied' AND id NOT IN (SELECT id FROM"
          + " tacvault_audit_log WHERE outcome <> 'denied' ORDER BY id DESC LIMIT ?)";

  private final StateDatabase database;

  AuditLog(StateDatabase database) {
    this.database = database;
  }

  public void add(AuditEvent event) {
    database.write(
        connection ->
            update(
                connection,
                INSERT,
                Timestamps.format(event.at()),
                event.actor(),
                event.address(),
                event.session(),
                event.action(),
                event.resource(),
                event.status(),
                event.outcome().id(),
                event.detail(),
                event.userAgent(),
                event.correlationId(),
                event.times()));
  }

  /** Newest first. */
  public List<AuditEvent> list(AuditFilter filter) {
    return database.read(
        connection ->
            query(
                connection,
                LIST,
                AuditLog::read,
                filter.actor(),
                lower(filter.action()),
                id(filter.outcome()),
                text(filter.since()),
                text(filter.until()),
                filter.limit(),
                filter.offset()));
  }

  /** How many events match, on whatever page. */
  public int count(AuditFilter filter) {
    return database.read(
        connection ->
            query(
                    connection,
                    COUNT,
                    row -> row.getInt("n"),
                    filter.actor(),
                    lower(filter.action()),
                    id(filter.outcome()),
                    text(filter.since()),
                    text(filter.until()))
                .get(0));
  }

  /**
   * Removes what is older than {@code before}, and the oldest of what is too much; returns how
   * many. Denied attempts are counted by themselves: whoever makes many drives out no other event.
   */
  public int prune(Instant before, int mostDenied, int mostOthers) {
    return database.write(
        connection ->
            update(connection, REMOVE_OLD, Timestamps.format(before))
                + update(connection, REMOVE_DENIED, mostDenied)
                + update(connection, REMOVE_OTHERS, mostOthers));
  }

  private static AuditEvent read(ResultSet row) throws SQLException {
    return new AuditEvent(
        Timestamps.parse(row.getString("at")),
        row.getString("actor"),
        row.getString("address"),
        row.getString("session"),
        row.getString("action"),
        row.getString("resource"),
        row.getInt("status"),
        row.getString("detail"),
        row.getString("user_agent"),
        row.getString("correlation_id"),
        row.getInt("times"));
  }

  private static @Nullable String lower(@Nullable String text) {
    return text == null ? null : text.toLowerCase(Locale.ROOT);
  }

  private static @Nullable String id(@Nullable Outcome outcome) {
    return outcome == null ? null : outcome.id();
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : Timestamps.format(time);
  }
}
