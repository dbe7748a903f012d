package org.tacvault.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tacvault.engine.catalog.CatalogTest.NOW;
import static org.tacvault.engine.catalog.CatalogTest.assertFailure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.destination.SecretFields;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.secret.Secret;
import org.tacvault.engine.secret.SecretStore;

/** Secrets of destinations as they lie in the catalog's file. */
class DestinationSecretsTest {
  private static final String FTP =
      "{\"host\": \"h\", \"username\": \"u\", \"password\": \"canary-ftp\"}";
  private static final String SFTP =
      "{\"host\": \"h\", \"password\": \"canary-sftp\","
          + " \"private_key\": \"-----BEGIN PRIVATE KEY-----\\ncanary-pem\","
          + " \"private_key_passphrase\": \"canary-phrase\", \"port\": 22}";
  private static final String AZURE =
      "{\"account_name\": \"a\", \"account_key\": \"canary-key\", \"sas_token\": \"\","
          + " \"connection_string\": null, \"timeout\": 300}";
  private static final String UNKNOWN = "{\"api_token\": 4711, \"folder\": \"f\"}";

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void chooseFile() {
    file = directory.resolve("backup_executions.db");
  }

  private static NewDestination destination(String name, String type, Map<String, Object> config) {
    return NewDestination.keepingDays(name, type, config, 30, NOW, "admin");
  }

  private void takenOver() throws Exception {
    PythonCatalog.create(file);
    PythonCatalog.addDestination(file, "ftp", "ftp", FTP);
    PythonCatalog.addDestination(file, "sftp", "SFTP", SFTP);
    PythonCatalog.addDestination(file, "azure", "azure", AZURE);
    PythonCatalog.addDestination(file, "other", "dropbox", UNKNOWN);
  }

  private Map<String, Map<String, Object>> opened(Catalog catalog) {
    Map<String, Map<String, Object>> opened = new LinkedHashMap<>();
    for (DestinationRecord row : catalog.destinations().list()) {
      opened.put(row.id(), catalog.destinations().opened(row));
    }
    return opened;
  }

  /** Everything beside and in the catalog, but for the keys. */
  private String bytes() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path each : files.toList()) {
        if (!each.endsWith(SecretStore.FILE_NAME)) {
          all.append(Files.readString(each, StandardCharsets.ISO_8859_1));
        }
      }
    }
    return all.toString();
  }

  private String keys() throws IOException {
    return Files.readString(directory.resolve(SecretStore.FILE_NAME));
  }

  @Test
  void aSecretIsNeverInTheFileAndComesBackAsItWas() throws Exception {
    Catalog catalog = Catalog.open(file);
    Map<String, Object> config = Map.of("host", "h", "password", "canary-one", "port", 21);
    DestinationRecord row = catalog.destinations().add(destination("nas", "ftp", config));
    assertThat(bytes()).contains("tacvault-secret:v1:").doesNotContain("canary");
    assertThat(row.toString()).doesNotContain("canary");
    assertThat(catalog.destinations().opened(row)).isEqualTo(config);
    assertThat(catalog.destinations().masked(row))
        .isEqualTo(Map.of("host", "h", "password", Secret.MASK, "port", 21));
    assertThat(opened(Catalog.open(file))).containsValue(config);
  }

  @Test
  void theOldSecretIsGoneFromTheFileToo() throws Exception {
    Catalog catalog = Catalog.open(file);
    String id = catalog.destinations().add(destination("nas", "ftp", Map.of("password", "a"))).id();
    String old = (String) catalog.destinations().get(id).config().get("password");
    catalog
        .destinations()
        .update(id, DestinationChange.NONE.withConfig("ftp", Map.of("password", "b")));
    assertThat(bytes()).doesNotContain(old);
  }

  @Test
  void aMaskThatIsSentBackKeepsTheSecret() {
    Catalog catalog = Catalog.open(file);
    Map<String, Object> config = Map.of("host", "h", "password", "canary", "port", 21);
    DestinationRecord row = catalog.destinations().add(destination("nas", "ftp", config));
    Map<String, Object> sent = new LinkedHashMap<>(catalog.destinations().masked(row));
    sent.put("host", "other");
    DestinationRecord changed =
        catalog.destinations().update(row.id(), DestinationChange.NONE.withConfig("ftp", sent));
    assertThat(changed.config().get("password")).isEqualTo(row.config().get("password"));
    assertThat(catalog.destinations().opened(changed))
        .isEqualTo(Map.of("host", "other", "password", "canary", "port", 21));
  }

  @Test
  void aMaskThatStandsForNothingIsRefused() {
    Catalog catalog = Catalog.open(file);
    Map<String, Object> masked = Map.of("password", Secret.MASK);
    assertFailure(
        ErrorKind.INVALID_INPUT,
        () -> catalog.destinations().add(destination("nas", "ftp", masked)),
        "no value is stored");
    assertThat(catalog.destinations().list()).isEmpty();
  }

  @Test
  void aReferenceIsStoredAndShownAsItIs() throws Exception {
    Catalog catalog = Catalog.open(file);
    Map<String, Object> config =
        Map.of("password", "env:NAS_PASSWORD", "private_key", "file:/run/secrets/key");
    DestinationRecord row = catalog.destinations().add(destination("nas", "sftp", config));
    assertThat(row.config()).isEqualTo(config);
    assertThat(catalog.destinations().masked(row)).isEqualTo(config);
    assertThat(directory.resolve(SecretStore.FILE_NAME)).doesNotExist();
    assertFailure(
        ErrorKind.INVALID_INPUT,
        () -> catalog.destinations().add(destination("b", "ftp", Map.of("password", "file:here"))),
        "absolute path");
  }

  @Test
  void aSecretThatLooksLikeAReferenceCanBeMeantLiterally() {
    Catalog catalog = Catalog.open(file);
    DestinationRecord row =
        catalog
            .destinations()
            .add(destination("nas", "ftp", Map.of("password", Secret.of("env:literally"))));
    assertThat(catalog.destinations().masked(row)).isEqualTo(Map.of("password", Secret.MASK));
    assertThat(catalog.destinations().opened(row)).isEqualTo(Map.of("password", "env:literally"));
  }

  @Test
  void secretsCannotBeSwappedBetweenDestinationsOrFields() throws Exception {
    Catalog catalog = Catalog.open(file);
    Destinations destinations = catalog.destinations();
    DestinationRecord one =
        destinations.add(destination("one", "sftp", Map.of("password", "canary-1")));
    DestinationRecord two =
        destinations.add(destination("two", "sftp", Map.of("password", "canary-2")));
    assertFailure(
        ErrorKind.INVALID_INPUT,
        () ->
            destinations.update(two.id(), DestinationChange.NONE.withConfig("sftp", one.config())),
        "cannot be set");
    PythonCatalog.execute(
        file,
        List.of(
            "UPDATE backup_destinations SET config_json = (SELECT config_json FROM"
                + " backup_destinations WHERE name = 'one') WHERE name = 'two'"));
    assertFailure(
        ErrorKind.VERIFICATION_FAILED,
        () -> destinations.opened(destinations.get("two")),
        "open destination 'two': password is damaged, or was moved here");
    PythonCatalog.execute(
        file,
        List.of(
            "UPDATE backup_destinations SET config_json = replace(config_json, 'password',"
                + " 'private_key') WHERE name = 'one'"));
    assertFailure(
        ErrorKind.VERIFICATION_FAILED,
        () -> destinations.opened(destinations.get("one")),
        "open destination 'one': private_key is damaged, or was moved here");
  }

  @Test
  void takenOverSecretsAreEncryptedForKnownAndUnknownTypes() throws Exception {
    takenOver();
    Catalog catalog = Catalog.open(file);
    Map<String, Map<String, Object>> before = opened(catalog);
    assertThat(catalog.secrets().sealClear())
        .containsExactly("the azure", "the ftp", "the other", "the sftp");
    assertThat(bytes()).doesNotContain("canary").doesNotContain("4711");
    assertThat(opened(Catalog.open(file))).isEqualTo(before);
    assertThat(catalog.destinations().masked(catalog.destinations().get("sftp")))
        .isEqualTo(
            Map.of(
                "host", "h",
                "password", Secret.MASK,
                "private_key", Secret.MASK,
                "private_key_passphrase", Secret.MASK,
                "port", 22));
    assertThat(catalog.destinations().masked(catalog.destinations().get("azure")))
        .containsEntry("account_name", "a")
        .containsEntry("sas_token", "")
        .containsEntry("connection_string", null)
        .containsEntry("timeout", 300);
    assertThat(catalog.destinations().masked(catalog.destinations().get("other")))
        .isEqualTo(Map.of("api_token", Secret.MASK, "folder", "f"));
    String after = bytes();
    assertThat(catalog.secrets().sealClear()).isEmpty();
    assertThat(bytes()).isEqualTo(after);
  }

  @Test
  void aWriteAheadLogKeepsNoSecretEither() throws Exception {
    takenOver();
    PythonCatalog.execute(file, List.of("PRAGMA journal_mode=WAL"));
    // Without another connection that stays open, SQLite would remove the log by itself.
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = other.createStatement()) {
      statement.executeQuery("SELECT count(*) FROM backup_destinations").close();
      PythonCatalog.addDestination(file, "late", "ftp", FTP.replace("ftp", "late"));
      assertThat(directory.resolve("backup_executions.db-wal")).isNotEmptyFile();
      assertThat(bytes()).contains("canary-late");
      Catalog.open(file).secrets().sealClear();
      assertThat(bytes()).doesNotContain("canary");
    }
  }

  @Test
  void whatStandsInClearIsStillUsableAndMasked() throws Exception {
    takenOver();
    Destinations destinations = Catalog.open(file).destinations();
    assertThat(destinations.masked(destinations.get("ftp"))).containsEntry("password", Secret.MASK);
    assertThat(destinations.opened(destinations.get("ftp")))
        .containsEntry("password", "canary-ftp");
    destinations.update("ftp", DestinationChange.NONE.withName("renamed"));
    assertThat(bytes()).doesNotContain("canary-ftp");
  }

  @Test
  void aKillWhileTakenOverSecretsAreEncryptedLeavesAllOrNone() throws Exception {
    takenOver();
    Map<String, Map<String, Object>> before = opened(Catalog.open(file));
    int kills = 0;
    for (int step = 1; killAt("seal", step); step++) {
      assertThat(opened(Catalog.open(file))).isEqualTo(before);
      assertThat(PythonCatalog.rows(file, "SELECT config_json FROM backup_destinations"))
          .noneMatch(config -> config.contains("tacvault-secret"));
      kills++;
    }
    assertThat(kills).isEqualTo(4);
    assertThat(opened(Catalog.open(file))).isEqualTo(before);
    assertThat(bytes()).doesNotContain("canary");
  }

  @Test
  void aRotationEncryptsEverySecretWithANewKey() throws Exception {
    takenOver();
    Catalog catalog = Catalog.open(file);
    catalog.secrets().sealClear();
    Map<String, Map<String, Object>> before = opened(catalog);
    String oldKeys = keys();
    String oldId = catalog.secrets().store().activeKeyId().orElseThrow();
    DestinationSecrets.Rotation rotation = catalog.secrets().rotate();
    assertThat(rotation.destinations())
        .containsExactly("the azure", "the ftp", "the other", "the sftp");
    assertThat(rotation.keyId()).isNotEqualTo(oldId);
    assertThat(keys()).isNotEqualTo(oldKeys);
    assertThat(bytes()).doesNotContain(oldId).contains(rotation.keyId());
    assertThat(opened(catalog)).isEqualTo(before);
  }

  @Test
  void aRotationThatIsKilledAtAnyStepIsAsBeforeOrAsAfterAtTheNextStart() throws Exception {
    takenOver();
    Catalog.open(file).secrets().sealClear();
    Map<String, Map<String, Object>> before = opened(Catalog.open(file));
    int kills = 0;
    for (int step = 1; killAt("rotate", step); step++) {
      Catalog next = Catalog.open(file);
      assertThat(opened(next)).as("step %d", step).isEqualTo(before);
      next.secrets().finishRotation();
      assertThat(opened(Catalog.open(file))).isEqualTo(before);
      assertThat(keys().lines().filter(line -> !line.startsWith("#"))).hasSize(1);
      String id = next.secrets().store().activeKeyId().orElseThrow();
      assertThat(PythonCatalog.rows(file, "SELECT config_json FROM backup_destinations"))
          .filteredOn(config -> config.contains("tacvault-secret"))
          .hasSize(4)
          .allMatch(config -> config.contains(":" + id + ":"));
      kills++;
    }
    assertThat(kills).isEqualTo(7);
  }

  @Test
  void aRotationWithASecretThatCannotBeOpenedChangesNothing() throws Exception {
    Catalog catalog = Catalog.open(file);
    catalog.destinations().add(destination("one", "ftp", Map.of("password", "a")));
    Files.delete(directory.resolve(SecretStore.FILE_NAME));
    catalog.destinations().add(destination("two", "ftp", Map.of("password", "b")));
    String bytes = bytes();
    String keys = keys();
    assertFailure(
        ErrorKind.WRONG_KEY, () -> catalog.secrets().rotate(), "open destination 'one': password");
    assertThat(bytes()).isEqualTo(bytes);
    assertThat(keys()).isEqualTo(keys);
  }

  @Test
  void aGivenKeyTakesOverFromOursAndFromAnEarlierOne() {
    Catalog.open(file).destinations().add(destination("one", "ftp", Map.of("password", "a")));
    String first = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    String second = "000102030405060708090a0b0c0d0e0f101112131415161718191A1B1C1D1EFF";
    Catalog given = withKey(first);
    assertThat(given.secrets().rotate().destinations()).containsExactly("one");
    assertFailure(ErrorKind.REFUSED, () -> given.secrets().rotate(), "TACVAULT_SECRET_KEY");
    assertThat(withKey(second + "," + first).secrets().rotate().destinations())
        .containsExactly("one");
    assertThat(opened(withKey(second))).containsValue(Map.of("password", "a"));
  }

  @Test
  void aLostKeyIsToldOnlyWhereItIsNeeded() throws Exception {
    Catalog catalog = Catalog.open(file);
    DestinationRecord row =
        catalog.destinations().add(destination("one", "ftp", Map.of("password", "a")));
    catalog.destinations().add(destination("two", "local", Map.of("base_path", "/b")));
    Files.delete(directory.resolve(SecretStore.FILE_NAME));
    Catalog next = Catalog.open(file);
    assertThat(next.secrets().sealClear()).isEmpty();
    assertThat(next.secrets().finishRotation()).isFalse();
    assertThat(next.destinations().list()).hasSize(2);
    assertThat(next.destinations().masked(row)).isEqualTo(Map.of("password", Secret.MASK));
    assertThat(next.destinations().opened(next.destinations().get("two")))
        .isEqualTo(Map.of("base_path", "/b"));
    assertFailure(
        ErrorKind.WRONG_KEY,
        () -> next.destinations().opened(row),
        "open destination 'one': password is encrypted with key ");
    next.destinations().update(row.id(), DestinationChange.NONE.withName("renamed"));
    next.destinations()
        .update(row.id(), DestinationChange.NONE.withConfig("ftp", Map.of("password", "new")));
    assertThat(next.destinations().opened(next.destinations().get("renamed")))
        .isEqualTo(Map.of("password", "new"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void writersAndARotationInOtherProcessesLoseNoSecret(int round) throws Exception {
    Catalog catalog = Catalog.open(file);
    for (int i = 0; i < 20; i++) {
      catalog.destinations().add(destination("d" + i, "ftp", Map.of("password", "p" + i)));
    }
    CatalogProcess child = CatalogProcess.start("rotate", file.toString(), "999");
    for (int i = 20; i < 60; i++) {
      catalog.destinations().add(destination("d" + i, "ftp", Map.of("password", "p" + i)));
    }
    assertThat(child.exitCode()).as("round %d", round).isZero();
    assertThat(opened(Catalog.open(file)).values())
        .hasSize(60)
        .extracting(config -> config.get("password"))
        .doesNotHaveDuplicates();
  }

  private Catalog withKey(String keys) {
    SecretStore store =
        new SecretStore(
            directory.resolve(SecretStore.FILE_NAME), Map.of("TACVAULT_SECRET_KEY", keys));
    return Catalog.open(file, store, SecretFields.known());
  }

  private boolean killAt(String what, int step) throws Exception {
    CatalogProcess child = CatalogProcess.start(what, file.toString(), "" + step);
    String answer = child.readLine();
    child.kill();
    return answer.equals("parked");
  }
}
