package org.tacvault.engine.destination;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFieldsTest {
  private final SecretFields fields = SecretFields.known();

  @ParameterizedTest
  @CsvSource({
    "ftp, password",
    "sftp, password",
    "SFTP, private_key",
    "sftp, private_key_passphrase",
    "azure, connection_string",
    "azure, account_key",
    "' Azure ', sas_token",
    "s3, secret_access_key",
    "s3, session_token",
    "dropbox, api_token",
    "webdav, bearerToken"
  })
  void knowsTheSecretsOfEveryType(String type, String key) {
    assertThat(fields.isSecret(type, key)).isTrue();
    assertThat(fields.isSecret(type, key, 12)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "ftp, username",
    "sftp, host_key_verify",
    "sftp, host_key_fingerprint",
    "azure, account_name",
    "s3, access_key_id",
    "local, base_path",
    "dropbox, folder"
  })
  void leavesTheOthersReadable(String type, String key) {
    assertThat(fields.isSecret(type, key)).isFalse();
    assertThat(fields.isSecret(type, key, "plain")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:pass@s3.example.net",
        "-----BEGIN OPENSSH PRIVATE KEY-----\nabc",
        "AGE-SECRET-KEY-1ABC",
        "{\"password\": \"x\"}"
      })
  void seesASecretThatStandsInTheWrongPlace(String value) {
    assertThat(fields.isSecret("s3", "endpoint", value)).isTrue();
    assertThat(fields.isSecret("s3", "endpoint", List.of("a", value))).isTrue();
    assertThat(fields.isSecret("s3", "endpoint", Map.of("a", Map.of("b", value)))).isTrue();
  }

  @Test
  void seesASecretInsideOfAnObjectByItsName() {
    assertThat(fields.isSecret("s3", "options", Map.of("proxy_password", "x"))).isTrue();
    assertThat(fields.isSecret("s3", "options", Map.of("proxy", "x"))).isFalse();
  }

  @Test
  void takesWhatATypeDeclares() {
    SecretFields more =
        fields.with(new DestinationTypes(Map.of(LockedSettings.TYPE, LockedSettings.type("x"))));
    assertThat(fields.isSecret(LockedSettings.TYPE, LockedSettings.SECRET_KEY)).isFalse();
    assertThat(more.isSecret(LockedSettings.TYPE, LockedSettings.SECRET_KEY)).isTrue();
    assertThat(more.isSecret(LockedSettings.TYPE, "base_path")).isFalse();
    assertThat(more.isSecret("ftp", "password")).isTrue();
  }

  @Test
  void aTypeThatDeclaresNothingIsToldByNames() {
    SecretFields more =
        fields.with(
            new DestinationTypes(Map.of("tape", config -> LockedSettings.type("x").parse(config))));
    assertThat(more.isSecret("tape", "library_password")).isTrue();
  }
}
