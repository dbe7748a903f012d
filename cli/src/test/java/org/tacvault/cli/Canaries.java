package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A home with a secret of its own in every place that can hold one, and the look for them in
 * everything that comes out. Whoever adds an operation, of any surface, drives it on such a home
 * and hands its answers to {@link #assertSilent}.
 */
final class Canaries {
  /** The files of the server that hold them by design, as their names end. */
  private static final Set<String> HOLDERS =
      Set.of("tacacs.conf", "config_overrides.db", "devices.db", "local_auth.db", "secret.key");

  private final Map<String, String> secrets = new LinkedHashMap<>();
  private final Map<String, String> environment = new LinkedHashMap<>();

  /** Plants secrets in configuration, overrides, databases and environment of {@code home}. */
  static Canaries plant(Path home) throws IOException, SQLException {
    Canaries canaries = new Canaries();
    canaries.intoConfiguration(home.resolve("config/tacacs.conf"));
    canaries.intoDatabases(home.resolve("data"));
    for (String variable :
        List.of(
            "BACKUP_ENCRYPTION_PASSPHRASE",
            "ADMIN_PASSWORD",
            "ADMIN_PASSWORD_HASH",
            "API_TOKEN",
            "LDAP_BIND_PASSWORD",
            "RADIUS_AUTH_SECRET",
            "AZURE_ACCOUNT_KEY",
            "OKTA_API_TOKEN",
            "NAS_PASSWORD")) {
      canaries.environment.put(variable, canaries.secret("variable " + variable));
    }
    return canaries;
  }

  /** A new secret that must never come out; {@code where} it is planted. */
  String secret(String where) {
    String value = "canary%02dq7x".formatted(secrets.size());
    secrets.put(where, value);
    return value;
  }

  /** A secret that somebody else made. */
  void watch(String where, String value) {
    secrets.put(where, value);
  }

  /** The variables that hold secrets. */
  Map<String, String> environment() {
    return environment;
  }

  void assertSilent(String what, String text) {
    secrets.forEach(
        (where, value) ->
            assertThat(text).as("%s tells the secret of: %s", what, where).doesNotContain(value));
  }

  /** No file below {@code directory} holds a secret, but for those that do by design. */
  void assertSilentFiles(Path directory, Path... others) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        boolean holder =
            HOLDERS.stream().anyMatch(name -> file.getFileName().toString().startsWith(name));
        if (!holder && !List.of(others).contains(file)) {
          assertSilent(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void intoConfiguration(Path config) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(config));
    lines.removeIf(line -> line.matches("(password_hash|bind_password|radius_secret) *=.*"));
    insert(lines, "admin", "password_hash");
    insert(lines, "ldap", "bind_password");
    insert(lines, "radius_auth", "radius_secret");
    insert(lines, "openid", "client_secret");
    insert(lines, "tacacs", "default_secret");
    insert(lines, "webhooks", "headers_json");
    Files.write(config, lines);
  }

  private void insert(List<String> lines, String section, String key) {
    int at = lines.indexOf("[" + section + "]");
    if (at < 0) {
      lines.add("[" + section + "]");
      at = lines.size() - 1;
    }
    lines.add(at + 1, key + " = " + secret("[" + section + "] " + key));
  }

  private void intoDatabases(Path data) throws SQLException {
    String override = secret("override of ldap.bind_password");
    execute(
        data.resolve("config_overrides.db"),
        "UPDATE config_overrides SET active = 0 WHERE key = 'bind_password'",
        "INSERT INTO config_overrides(section, key, value, value_type, created_at, created_by,"
            + " active) VALUES ('ldap', 'bind_password', '"
            + override
            + "', 'string', '2026-01-01T00:00:00+00:00', 'admin', 1)");
    execute(
        data.resolve("devices.db"),
        "UPDATE devices SET tacacs_secret = '%s', radius_secret = '%s'"
            .formatted(secret("devices.tacacs_secret"), secret("devices.radius_secret")),
        "UPDATE device_groups SET metadata = '{\"tacacs_secret\": \"%s\"}'"
            .formatted(secret("device_groups.metadata")));
    execute(
        data.resolve("local_auth.db"),
        "UPDATE local_users SET password_hash = '%s'"
            .formatted(secret("local_users.password_hash")),
        "UPDATE local_users SET password = '%s'".formatted(secret("local_users.password")));
  }

  /** Destinations as the Python server stores them, in clear, and one with a reference. */
  void intoCatalog(Path catalog) throws SQLException {
    destination(catalog, "ftp", "ftp", "\"password\": \"%s\"".formatted(secret("ftp password")));
    destination(
        catalog,
        "sftp",
        "sftp",
        "\"password\": \"%s\", \"private_key\": \"-----BEGIN PRIVATE KEY-----%s\", \"private_key_passphrase\": \"%s\""
            .formatted(
                secret("sftp password"),
                secret("sftp private key"),
                secret("sftp key passphrase")));
    destination(
        catalog,
        "azure",
        "azure",
        "\"connection_string\": \"AccountKey=%s\", \"account_key\": \"%s\", \"sas_token\": \"sig=%s\""
            .formatted(
                secret("azure connection string"),
                secret("azure account key"),
                secret("azure sas token")));
    destination(
        catalog,
        "other",
        "s3-like",
        "\"secret_access_key\": \"%s\", \"endpoint\": \"https://u:%s@e\", \"more\": {\"token\": \"%s\"}"
            .formatted(
                secret("unknown type"), secret("password in a URL"), secret("nested token")));
    destination(catalog, "reference", "ftp", "\"password\": \"env:NAS_PASSWORD\"");
  }

  private static void destination(Path catalog, String name, String type, String secrets)
      throws SQLException {
    execute(
        catalog,
        "INSERT INTO backup_destinations(id, name, type, config_json, created_at, created_by)"
            + " VALUES ('id-%1$s', '%1$s', '%2$s', '{\"host\": \"h\", \"username\": \"u\", %3$s}',"
                .formatted(name, type, secrets)
            + " '2026-01-02T03:04:05+00:00', 'admin')");
  }

  static void execute(Path database, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.executeUpdate(sql);
      }
    }
  }
}
