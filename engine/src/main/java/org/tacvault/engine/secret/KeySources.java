package org.tacvault.engine.secret;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/**
 * The places where keys may stand, in this order: {@code TACVAULT_SECRET_KEY}, the file that {@code
 * TACVAULT_SECRET_KEY_FILE} names, the credential {@code tacvault-secret-key} of the service
 * manager, and our own file in the home. The first key of all encrypts, the others only open.
 *
 * @param environment the variables by name
 */
record KeySources(KeyFile ownFile, Map<String, String> environment) {
  static final String VARIABLE = "TACVAULT_SECRET_KEY";
  static final String FILE_VARIABLE = "TACVAULT_SECRET_KEY_FILE";
  static final String CREDENTIALS = "CREDENTIALS_DIRECTORY";
  static final String CREDENTIAL = "tacvault-secret-key";

  /** Everything that opens secrets now; read anew each time, since a rotation changes it. */
  Keyring keyring() {
    List<SealingKey> given = given();
    List<SealingKey> own = ownFile.exists() ? ownFile.read() : List.of();
    return new Keyring(given, own);
  }

  /** Where keys are given, for people; our own file when they are not given. */
  String place() {
    if (isSet(VARIABLE)) {
      return VARIABLE;
    }
    if (isSet(FILE_VARIABLE)) {
      return environment.get(FILE_VARIABLE);
    }
    return credential().exists() ? credential().path().toString() : ownFile.path().toString();
  }

  /** A warning for each file of keys that group or others may read. */
  List<String> exposures() {
    List<KeyFile> files = new ArrayList<>(List.of(ownFile));
    if (isSet(FILE_VARIABLE)) {
      files.add(new KeyFile(Path.of(environment.get(FILE_VARIABLE))));
    }
    return files.stream().flatMap(file -> file.exposure().stream()).toList();
  }

  private List<SealingKey> given() {
    List<SealingKey> keys = new ArrayList<>();
    if (isSet(VARIABLE)) {
      keys.addAll(some(VARIABLE, KeyFile.keys(VARIABLE, environment.get(VARIABLE))));
    }
    if (isSet(FILE_VARIABLE)) {
      KeyFile file = new KeyFile(Path.of(environment.get(FILE_VARIABLE)));
      keys.addAll(some(file.path().toString(), file.read()));
    }
    if (isSet(CREDENTIALS) && credential().exists()) {
      keys.addAll(some(credential().path().toString(), credential().read()));
    }
    return keys;
  }

  private KeyFile credential() {
    return new KeyFile(Path.of(environment.getOrDefault(CREDENTIALS, ""), CREDENTIAL));
  }

  private boolean isSet(String variable) {
    return !environment.getOrDefault(variable, "").isEmpty();
  }

  private static List<SealingKey> some(String where, List<SealingKey> keys) {
    if (keys.isEmpty()) {
      throw new EngineException(
              ErrorKind.INVALID_CONFIG, "read secret key", where, "it holds no key")
          .withHint("make one with: openssl rand -base64 32");
    }
    return keys;
  }
}
