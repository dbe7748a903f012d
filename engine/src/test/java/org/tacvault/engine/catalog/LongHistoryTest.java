package org.tacvault.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A catalog of many years: pages of it are found by an index, whatever they are narrowed to. */
class LongHistoryTest {
  private static final int EXECUTIONS = 20_000;

  @TempDir Path directory;

  @Test
  void everyFilterOfAListHasAnIndexThatIsInItsOrder() throws Exception {
    Path file = directory.resolve("catalog.db");
    Catalog catalog = Catalog.open(file);
    fill(file);
    ExecutionFilter newest = ExecutionFilter.newest();
    List<ExecutionFilter> filters =
        List.of(
            newest,
            newest.withKind(ExecutionKind.BACKUP),
            newest.withKind(ExecutionKind.RESTORE),
            newest.withKind(ExecutionKind.BACKUP).withStatus(ExecutionStatus.FAILED),
            newest.withKind(ExecutionKind.BACKUP).withDestination("d7"),
            newest.withStatus(ExecutionStatus.FAILED).withDestination("d7"),
            newest
                .withKind(ExecutionKind.BACKUP)
                .withStatus(ExecutionStatus.FAILED)
                .withDestination("d7"));
    for (ExecutionFilter filter : filters) {
      assertThat(plan(file, ExecutionQuery.of(filter)))
          .as(filter.toString())
          .anySatisfy(step -> assertThat(step).contains("USING INDEX"))
          .noneSatisfy(step -> assertThat(step).contains("USE TEMP B-TREE FOR ORDER BY"));
    }
    assertThat(catalog.list(newest.withKind(ExecutionKind.RESTORE))).hasSize(20);
    assertThat(catalog.count(newest.withKind(ExecutionKind.BACKUP))).isEqualTo(EXECUTIONS - 20);
    assertThat(catalog.list(newest.withKind(ExecutionKind.BACKUP).withPage(10, 15_000)))
        .hasSize(10)
        .isSortedAccordingTo((a, b) -> b.startedAt().compareTo(a.startedAt()));
    assertThat(catalog.statistics().total()).isEqualTo(EXECUTIONS - 20);
  }

  @Test
  void aCatalogOfAnEarlierVersionGetsTheIndexesThatItLacks() throws Exception {
    Path file = directory.resolve("catalog.db");
    Catalog.open(file);
    execute(file, "DROP INDEX ix_tacvault_exec_dest_status_kind");
    execute(file, "UPDATE tacvault_metadata SET value = '3' WHERE key = 'schema_version'");
    Catalog.open(file);
    execute(file, "DROP INDEX ix_tacvault_exec_dest_status_kind");
  }

  @Test
  void aCatalogOfALaterVersionKeepsItsVersion() throws Exception {
    Path file = directory.resolve("catalog.db");
    Catalog.open(file);
    execute(file, "UPDATE tacvault_metadata SET value = '99' WHERE key = 'schema_version'");
    assertThat(Catalog.open(file).metadata().get("schema_version")).contains("99");
  }

  private static void execute(Path file, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private static List<String> plan(Path file, ExecutionQuery query) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      List<Object> values = new ArrayList<>(query.values());
      values.add(100);
      values.add(0);
      return Statements.query(
          connection,
          "EXPLAIN QUERY PLAN " + query.pageSql(),
          (ResultSet row) -> row.getString("detail"),
          values.toArray());
    }
  }

  private static void fill(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
              + EXECUTIONS
              + ") INSERT INTO backup_executions(id, destination_id, started_at, status, kind,"
              + " manifest_json) SELECT 'e' || i, 'd' || (i % 10),"
              + " strftime('%Y-%m-%dT%H:%M:%S.000000+00:00', 1700000000 + i * 600, 'unixepoch'),"
              + " CASE WHEN i % 97 = 0 THEN 'failed' ELSE 'completed' END,"
              + " CASE WHEN i % 1000 = 0 THEN 'restore' WHEN i % 2 = 0 THEN 'backup' END,"
              + " hex(randomblob(500)) FROM n");
    }
  }
}
