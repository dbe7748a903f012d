package org.tacvault.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.secret.Secret;

class SecretKeysTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "password_hash",
        "bind_password",
        "radius_secret",
        "client_secret",
        "encryption_passphrase",
        "private_key",
        "client_private_key",
        "account_key",
        "api_token",
        "sas_token",
        "connection_string",
        "headers_json",
        "template_json",
        "code_verifier",
        "privateKeyPassphrase",
        "privateKey",
        "apiKey",
        "smtp-pass",
        "snmp_community",
        "bindpassword",
        "shared.secret",
        "secretAccessKey"
      })
  void masksWhatIsOrMayBeASecret(String key) {
    assertThat(SecretKeys.isSecret("any", key)).isTrue();
    assertThat(SecretKeys.masked("any", key, "hunter2")).isEqualTo(Secret.MASK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mfa_push_keyword",
        "tcp_keepalive",
        "tcp_keepidle",
        "public_key",
        "client_private_key_id",
        "token_endpoint",
        "username",
        "bind_dn",
        "backends",
        "export_secrets",
        "password_min_length",
        "known_hosts_file",
        "privilege_check_order",
        "encryption_recipients",
        ""
      })
  void showsWhatIsHarmless(String key) {
    assertThat(SecretKeys.isSecret("any", key)).isFalse();
    assertThat(SecretKeys.masked("any", key, "value")).isEqualTo("value");
  }

  @Test
  void findsExactlyTheSecretsAmongTheKeysOfTheServer() {
    List<String> secrets =
        ServerDefaults.sections().entrySet().stream()
            .flatMap(
                section ->
                    section.getValue().keySet().stream()
                        .filter(key -> SecretKeys.isSecret(section.getKey(), key))
                        .map(key -> section.getKey() + "." + key))
            .toList();

    assertThat(secrets)
        .containsExactlyInAnyOrder(
            "ldap.bind_password",
            "webhooks.headers_json",
            "webhooks.template_json",
            "backup.encryption_passphrase",
            "admin.password_hash",
            "radius_auth.radius_secret",
            "openid.code_verifier");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://user:hunter2@host/path          | https://********@host/path
          https://user:hun/te,r2@host/path        | https://********@host/path
          postgresql://db/x?user=u&password=hunter2 | postgresql://db/x?user=********&password=********
          jdbc:postgresql://u:hunter2@db/x        | jdbc:postgresql://********@db/x
          host=db password=hunter2 dbname=x       | host=db password=******** dbname=x
          https://host/plain                      | https://host/plain
          a@b                                     | a@b
          """)
  void hidesCredentialsInsideOfValues(String value, String shown) {
    assertThat(SecretKeys.masked("any", "place", value)).isEqualTo(shown);
  }

  @Test
  void showsOfWebhooksOnlyTheHosts() {
    String urls = "https://hooks.example/services/T1/hunter2, https://u:p@b.example?key=x\nodd";

    assertThat(SecretKeys.masked("webhooks", "urls", urls))
        .isEqualTo("https://hooks.example/********,https://********@b.example/********,********");
    assertThat(SecretKeys.masked("webhooks", "urls", "https://hooks.example/"))
        .isEqualTo("https://hooks.example/");
    assertThat(SecretKeys.masked("webhooks", "timeout", "3")).isEqualTo("3");
  }

  @Test
  void leavesAnEmptyValueEmpty() {
    assertThat(SecretKeys.masked("ldap", "bind_password", "")).isEmpty();
    assertThat(SecretKeys.masked("webhooks", "headers_json", "{}")).isEqualTo("{}");
  }

  @Test
  void hidesJsonThatHoldsASecretAsAWhole() {
    String clients = "{\"10.0.0.1\": {\"secret\": \"hunter2\", \"name\": \"a\"}}";
    assertThat(SecretKeys.masked("radius", "clients", clients)).isEqualTo(Secret.MASK);
    String rules = "[{\"action\":\"permit\",\"pattern\":\"show \"}]";
    assertThat(SecretKeys.masked("authorization", "rules", rules)).isEqualTo(rules);
  }
}
