package org.tacvault.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.restore.PreparedRestore;
import org.tacvault.engine.restore.RestoreListener;
import org.tacvault.engine.restore.RestoreOptions;
import org.tacvault.engine.restore.RestorePlanText;
import org.tacvault.engine.restore.RestoreRequest;
import org.tacvault.engine.sample.TableHashes;
import org.tacvault.engine.verify.ArchiveRef;

/**
 * Databases of an enemy in archives that are right otherwise: either refused, with every byte of
 * the home as it was, or restored page by page. None of their code runs, and none takes long.
 */
class HostileDatabaseRestoreTest {
  private static final String BOMB =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT count(*) AS x FROM n";

  /** What reading, planning, saving and replacing take together on a busy machine. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  @TempDir Path root;
  private EngineScene scene;
  private Forgery genuine;
  private Path evil;

  @BeforeEach
  void makeGenuineArchive() throws IOException {
    scene = EngineScene.create(root);
    genuine = Forgery.of(scene.archive());
    evil = root.resolve("evil.db");
  }

  @AfterEach
  void closeScene() {
    scene.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TRIGGER g AFTER INSERT ON devices BEGIN SELECT load_extension('evil'); END",
        "CREATE TRIGGER g AFTER UPDATE ON devices BEGIN SELECT writefile('escaped','x'); END",
        "CREATE TRIGGER g BEFORE DELETE ON devices BEGIN SELECT fts3_tokenizer('x','y'); END",
        "CREATE VIEW v AS SELECT load_extension('evil')",
        "CREATE VIEW v AS SELECT writefile('escaped', 'x'), readfile('/etc/passwd')",
        "CREATE VIEW v AS " + BOMB,
        "CREATE VIEW v AS SELECT zeroblob(1000000000), randomblob(1000000000)",
        "CREATE VIEW v AS SELECT * FROM w; CREATE VIEW w AS SELECT * FROM v",
        "CREATE TABLE t(x DEFAULT (randomblob(1000000000)))",
        "CREATE TABLE t(x CHECK(length(zeroblob(1000000000)) > 0))",
        "CREATE TABLE \"a'b\"\"c\"(\"x'y\"\"z\"); INSERT INTO \"a'b\"\"c\" VALUES('\u001b[2J')",
        "CREATE VIRTUAL TABLE f USING fts5(body); INSERT INTO f VALUES('text')",
        "CREATE VIRTUAL TABLE r USING rtree(id, low, high); INSERT INTO r VALUES(1,2,3)",
        "PRAGMA application_id=0x0f055111; PRAGMA user_version=2147483647",
        "PRAGMA journal_mode=WAL",
        "PRAGMA auto_vacuum=FULL; VACUUM",
        "PRAGMA page_size=512; VACUUM"
      })
  void hostileCodeOfAnySortIsRestoredAsItIsAndDoesNotRun(String script) throws Exception {
    byte[] content = devices(script);
    long start = System.nanoTime();
    assertThat(refusal(content)).isNull();
    assertQuick(start);
    assertRestored(content);
    assertThat(root.resolve("escaped")).doesNotExist();
    assertThat(Path.of("escaped")).doesNotExist();
    // It is live now, and a backup and a restore of it work all the same.
    assertThat(refusal(content)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE t(x, y AS (x+1) NOT NULL); INSERT INTO t VALUES(1);"
            + " PRAGMA writable_schema=ON; UPDATE sqlite_master SET"
            + " sql='CREATE TABLE t(x, y AS (load_extension(x)) NOT NULL)' WHERE name='t'",
        "CREATE TABLE t(x, y AS (x+1) NOT NULL); INSERT INTO t VALUES(1);"
            + " PRAGMA writable_schema=ON; UPDATE sqlite_master SET"
            + " sql='CREATE TABLE t(x, y AS (lower(zeroblob(1000000000))) NOT NULL)'"
            + " WHERE name='t'",
        "CREATE TABLE t(x); INSERT INTO t VALUES(1);"
            + " CREATE INDEX i ON t(x+1); PRAGMA writable_schema=ON; UPDATE sqlite_master SET"
            + " sql='CREATE INDEX i ON t(load_extension(x))' WHERE name='i'",
        "CREATE TABLE t(x); INSERT INTO t VALUES(1);"
            + " CREATE INDEX i ON t(x) WHERE x+1; PRAGMA writable_schema=ON; UPDATE sqlite_master"
            + " SET sql='CREATE INDEX i ON t(x) WHERE writefile(x,x)' WHERE name='i'",
        "PRAGMA writable_schema=ON; UPDATE sqlite_master SET sql='CREATE VIEW devices AS "
            + BOMB
            + "' WHERE name='devices'",
        "PRAGMA writable_schema=ON; INSERT INTO sqlite_master VALUES('table','t','t',0,"
            + "'CREATE VIEW t AS "
            + BOMB
            + "')",
        "PRAGMA writable_schema=ON; INSERT INTO sqlite_master VALUES('table','t','t',0,"
            + "'CREATE VIRTUAL TABLE u USING dbstat')",
        "CREATE TABLE t(x); PRAGMA writable_schema=ON;"
            + " UPDATE sqlite_master SET rootpage=1 WHERE name='t'",
        "PRAGMA writable_schema=ON; UPDATE sqlite_master SET sql='' WHERE type='table'",
        "PRAGMA writable_schema=ON; INSERT INTO sqlite_master SELECT * FROM sqlite_master"
      })
  void hostileSchemaIsRefused(String script) throws Exception {
    Map<String, String> before = scene.bytes();
    long start = System.nanoTime();
    assertRefused(devices(script), before);
    assertQuick(start);
  }

  @Test
  void indexThatComputesWithoutEndIsGivenUp() throws Exception {
    String costly = "x+1+instr(hex(zeroblob(60000+x%2)),hex(zeroblob(30000))||'z')";
    byte[] content =
        devices(
            "CREATE TABLE t(x); CREATE INDEX i ON t(x+1)",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<5000)"
                + " INSERT INTO t SELECT i FROM n",
            "PRAGMA writable_schema=ON",
            "UPDATE sqlite_master SET sql=replace(sql,'x+1','"
                + costly.replace("'", "''")
                + "') WHERE name='i'");
    Map<String, String> before = scene.bytes();
    long start = System.nanoTime();
    EngineException refusal = assertRefused(content, before);
    assertThat(refusal.reason()).contains("compute without end");
    assertQuick(start);
  }

  @Test
  void unknownModuleIsRestoredOrRefusedButNeverLoaded() throws Exception {
    assertRefusedOrRestored(
        devices(
            "PRAGMA writable_schema=ON; INSERT INTO sqlite_master VALUES('table','t','t',0,"
                + "'CREATE VIRTUAL TABLE t USING evil(x)')"));
  }

  @ParameterizedTest
  @CsvSource({
    "16, 3", // no page size
    "16, 65535",
    "18, 9", // written by a later format
    "19, 9",
    "20, 255", // reserved bytes
    "21, 1", // payload fractions
    "28, 2147483647", // pages
    "32, 2", // freelist
    "36, 2147483647",
    "40, 99",
    "44, 99", // schema format
    "52, 3", // largest root page
    "56, 2", // UTF-16
    "56, 9",
    "60, -1", // user version
    "68, 1234567", // application id
    "92, 77",
    "100, 5", // the first page is no longer a table of the schema
    "103, 65535",
    "105, 1"
  })
  void headerFieldsThatLieAreRefusedOrRestoredAsTheyAre(int offset, int value) throws Exception {
    byte[] content = genuine.members().get("devices.db").clone();
    ByteBuffer buffer = ByteBuffer.wrap(content);
    boolean isByte = offset >= 18 && offset <= 23 || offset == 100;
    boolean isShort = offset == 16 || offset == 103 || offset == 105;
    if (isByte) {
      buffer.put(offset, (byte) value);
    } else if (isShort) {
      buffer.putShort(offset, (short) value);
    } else {
      buffer.putInt(offset, value);
    }
    assertRefusedOrRestored(content);
  }

  @Test
  void pagesThatPointInCirclesAreRefused() throws Exception {
    byte[] content = devices("CREATE TABLE t(x)", filler(), "DROP TABLE t", "CREATE TABLE u(x)");
    // The first trunk page of the freelist names itself as the next.
    int trunk = ByteBuffer.wrap(content).getInt(32);
    assertThat(trunk).isPositive();
    ByteBuffer.wrap(content).putInt((trunk - 1) * 4096, trunk);
    assertRefused(content, scene.bytes());
    byte[] tree = devices("CREATE TABLE t(x)", filler());
    int interior = firstInterior(tree);
    // Its right-most child is itself.
    ByteBuffer.wrap(tree).putInt(interior * 4096 + 8, interior + 1);
    assertRefused(tree, scene.bytes());
  }

  @Test
  void databaseThatIsCutAnywhereIsRefused() throws Exception {
    byte[] whole = genuine.members().get("devices.db");
    Map<String, String> before = scene.bytes();
    for (int length :
        new int[] {0, 1, 15, 16, 99, 100, 101, 511, 512, 4095, 4096, 4097, whole.length - 4096}) {
      assertRefused(Arrays.copyOf(whole, length), before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16le", "UTF-16be"})
  void otherEncodingIsRefusedOrRestoredAsItIs(String encoding) throws Exception {
    Files.deleteIfExists(evil);
    run(
        "PRAGMA encoding='" + encoding + "'; CREATE TABLE devices(name TEXT, x)",
        "PRAGMA user_version=1");
    assertRefusedOrRestored(Files.readAllBytes(evil));
  }

  @Test
  void overridesThatComputeOrOverflowAreNoReasonToHang() throws Exception {
    Files.deleteIfExists(evil);
    run(
        "CREATE TABLE config_overrides(id, section, key, value AS (id+1),"
            + " value_type, created_by, active)",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<20000) INSERT INTO"
            + " config_overrides(id, section, key, active) SELECT i, 's', i, 1 FROM n",
        "CREATE TABLE system_metadata(key, value)",
        "PRAGMA writable_schema=ON",
        "UPDATE sqlite_master SET sql=replace(sql,'id+1','hex(zeroblob(400000+id))')",
        "PRAGMA writable_schema=RESET",
        "INSERT INTO system_metadata VALUES('instance_name','a'),('instance_name','b')");
    long start = System.nanoTime();
    Path archive = sealed("config_overrides.db", Files.readAllBytes(evil));
    assertThat(refusal(archive)).isNull();
    assertQuick(start);
  }

  private static String filler() {
    return "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<3000)"
        + " INSERT INTO t SELECT hex(zeroblob(100)) FROM n";
  }

  private static int firstInterior(byte[] database) {
    for (int page = 1; page < database.length / 4096; page++) {
      if (database[page * 4096] == 5) {
        return page;
      }
    }
    throw new IllegalStateException("no interior page");
  }

  /** The devices of the home with {@code scripts} run on them, by somebody who may. */
  private byte[] devices(String... scripts) throws Exception {
    Files.write(evil, genuine.members().get("devices.db"));
    run(scripts);
    return Files.readAllBytes(evil);
  }

  private void run(String... scripts) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + evil);
        Statement statement = connection.createStatement()) {
      for (String script : scripts) {
        statement.executeUpdate(script);
      }
    }
  }

  private Path sealed(String member, byte[] content) throws IOException {
    byte[] archive = genuine.with(member, content).sealed().tar().gzip();
    return Files.write(root.resolve("evil.tar.gz"), archive);
  }

  private void assertRefusedOrRestored(byte[] content) throws Exception {
    Map<String, String> before = scene.bytes();
    EngineException refusal = refusal(content);
    if (refusal == null) {
      assertRestored(content);
    } else {
      assertRefusal(refusal, before);
    }
  }

  private EngineException assertRefused(byte[] content, Map<String, String> before)
      throws IOException {
    EngineException refusal = refusal(content);
    assertThat(refusal).as("refusal").isNotNull();
    assertRefusal(refusal, before);
    return refusal;
  }

  private void assertRefusal(EngineException refusal, Map<String, String> before) {
    assertThat(refusal.kind()).as("%s", refusal).isEqualTo(ErrorKind.VERIFICATION_FAILED);
    assertThat(refusal.hint()).as("%s", refusal).isPresent();
    assertThat(scene.bytes()).isEqualTo(before);
    scene.assertNothingLeft();
    scene.assertNewest(ExecutionKind.RESTORE, ExecutionStatus.FAILED);
  }

  private EngineException refusal(byte[] content) throws IOException {
    return refusal(sealed("devices.db", content));
  }

  /** Plans and applies; null when it was restored. */
  private EngineException refusal(Path archive) {
    return Assertions.catchThrowableOfType(
        EngineException.class,
        () -> {
          try (PreparedRestore prepared = prepare(archive)) {
            RestorePlanText.of(prepared.plan());
            prepared.apply();
          }
        });
  }

  private PreparedRestore prepare(Path archive) {
    Set<Component> all = Set.of();
    return scene
        .engine()
        .restores()
        .prepare(
            new RestoreRequest(
                new ArchiveRef.File(archive),
                all,
                Keys.none(),
                RestoreOptions.PLAIN,
                "test",
                RestoreListener.NONE));
  }

  /** What is live is what was in the archive: all pages but for the counters of changes. */
  private void assertRestored(byte[] content) throws Exception {
    scene.assertNewest(ExecutionKind.RESTORE, ExecutionStatus.COMPLETED);
    scene.assertNothingLeft();
    Path archived = Files.write(root.resolve("archived.db"), content);
    Path live = scene.database("devices");
    List<String> rows = dump(archived);
    assertThat(dump(live)).isEqualTo(rows);
    if (!rows.toString().contains("v AS SELECT * FROM w")) {
      assertThat(TableHashes.of(live)).isEqualTo(TableHashes.of(archived));
    }
  }

  /** The schema with the versions that a user can set. */
  private static List<String> dump(Path database) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      List<String> lines = new ArrayList<>();
      for (String query :
          new String[] {
            "SELECT type||name||tbl_name||coalesce(sql,'') FROM sqlite_master ORDER BY 1",
            "PRAGMA user_version",
            "PRAGMA application_id",
            "PRAGMA encoding"
          }) {
        try (ResultSet result = statement.executeQuery(query)) {
          while (result.next()) {
            lines.add(result.getString(1));
          }
        }
      }
      return lines;
    }
  }

  private static void assertQuick(long start) {
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONGEST);
  }
}
