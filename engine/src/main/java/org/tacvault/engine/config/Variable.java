package org.tacvault.engine.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The environment variables that stand for a key.
 *
 * @param names in the order in which they are asked
 * @param replaces whether it wins over the file, as secrets do; otherwise it only fills a gap
 * @param emptyCounts whether an empty variable is a value, as the Python server takes it for the
 *     general names; for special names it is as if it were not set
 */
record Variable(List<String> names, boolean replaces, boolean emptyCounts) {
  private static final Map<String, Variable> NAMED =
      Map.ofEntries(
          secret("admin.username", "ADMIN_USERNAME"),
          secret("admin.password_hash", "ADMIN_PASSWORD_HASH"),
          secret("ldap.bind_password", "LDAP_BIND_PASSWORD"),
          secret("radius_auth.radius_secret", "RADIUS_AUTH_SECRET"),
          secret("backup.encryption_passphrase", "BACKUP_ENCRYPTION_PASSPHRASE"),
          secret(
              "backup.connection_string",
              "AZURE_CONNECTION_STRING",
              "AZURE_STORAGE_CONNECTION_STRING"),
          secret("backup.account_name", "AZURE_STORAGE_ACCOUNT"),
          secret("backup.account_key", "AZURE_ACCOUNT_KEY"),
          secret("backup.sas_token", "AZURE_SAS_TOKEN"),
          secret("openid.client_secret", "OPENID_CLIENT_SECRET"),
          secret("openid.client_private_key", "OPENID_CLIENT_PRIVATE_KEY"),
          filling("openid.issuer_url", "OPENID_ISSUER_URL"),
          filling("openid.client_id", "OPENID_CLIENT_ID"),
          filling("openid.redirect_uri", "OPENID_REDIRECT_URI"),
          filling("openid.scopes", "OPENID_SCOPES"),
          filling("openid.session_timeout_minutes", "OPENID_SESSION_TIMEOUT_MINUTES"),
          filling("openid.client_auth_method", "OPENID_CLIENT_AUTH_METHOD"),
          filling("openid.use_interaction_code", "OPENID_USE_INTERACTION_CODE"),
          filling("openid.code_verifier", "OPENID_CODE_VERIFIER"),
          filling("openid.allowed_groups", "OPENID_ADMIN_GROUPS"),
          filling("openid.token_endpoint", "OPENID_TOKEN_ENDPOINT"),
          filling("openid.userinfo_endpoint", "OPENID_USERINFO_ENDPOINT"),
          filling("openid.client_private_key_id", "OPENID_CLIENT_PRIVATE_KEY_ID"),
          filling("okta.org_url", "OKTA_DOMAIN"),
          filling("okta.domain", "OKTA_DOMAIN"),
          filling("okta.client_id", "OKTA_CLIENT_ID"),
          filling("okta.private_key", "OKTA_PRIVATE_KEY"),
          filling("okta.api_token", "OKTA_API_TOKEN"));

  /** The keys that have variables of their own, {@code section.key}. */
  static List<String> named() {
    return NAMED.keySet().stream().sorted().toList();
  }

  /** Whether what this environment variable holds must not be shown or handed on. */
  static boolean isSecret(String variable) {
    return SecretKeys.isSecret("", variable)
        || NAMED.entrySet().stream()
            .filter(entry -> entry.getValue().names().contains(variable))
            .anyMatch(entry -> isSecretKey(entry.getKey()));
  }

  private static boolean isSecretKey(String name) {
    int dot = name.indexOf('.');
    return SecretKeys.isSecret(name.substring(0, dot), name.substring(dot + 1));
  }

  /** The variable of a key; {@code TACACS_<SECTION>_<KEY>} unless the key has one of its own. */
  static Variable of(String section, String key) {
    Variable named = NAMED.get(section + "." + key);
    return named != null
        ? named
        : new Variable(
            List.of("TACACS_" + (section + "_" + key).toUpperCase(Locale.ROOT)), false, true);
  }

  /** The first of its names that is set. */
  Optional<String> setIn(Environment environment) {
    return names.stream()
        .filter(
            name -> (emptyCounts ? environment.get(name) : environment.nonEmpty(name)).isPresent())
        .findFirst();
  }

  private static Map.Entry<String, Variable> secret(String name, String... variables) {
    return Map.entry(name, new Variable(List.of(variables), true, false));
  }

  private static Map.Entry<String, Variable> filling(String name, String variable) {
    return Map.entry(name, new Variable(List.of(variable), false, false));
  }
}
