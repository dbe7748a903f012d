package org.tacvault.engine.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

class SecretStoreTest {
  private static final SecretPlace PLACE = new SecretPlace("d-1", "password");

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("data/secret.key");
  }

  private SecretStore store(String... environment) {
    return environment.length == 0
        ? new SecretStore(file(), Map.of())
        : new SecretStore(file(), Map.of(environment[0], environment[1]));
  }

  @Test
  void opensWhatItSealed() {
    String sealed = store().seal("pä ss\n\0word", PLACE);
    assertThat(sealed).matches("tacvault-secret:v1:[0-9a-f]{8}:[A-Za-z0-9_-]+");
    assertThat(SecretStore.isSealed(sealed)).isTrue();
    assertThat(SecretStore.keyIdOf(sealed)).isEqualTo(store().activeKeyId());
    assertThat(store().open(sealed, PLACE)).isEqualTo("pä ss\n\0word");
  }

  @Test
  void theSameSecretNeverLooksTheSame() {
    assertThat(store().seal("x", PLACE)).isNotEqualTo(store().seal("x", PLACE));
  }

  @Test
  void makesItsKeyOnceForItsOwnerOnly() throws Exception {
    assertThat(store().activeKeyId()).isEmpty();
    assertThat(file()).doesNotExist();
    store().seal("x", PLACE);
    String key = Files.readString(file());
    store().seal("y", PLACE);
    assertThat(Files.readString(file())).isEqualTo(key);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void aSealedSecretOpensInItsOwnPlaceOnly() {
    String sealed = store().seal("x", PLACE);
    for (SecretPlace other :
        new SecretPlace[] {
          new SecretPlace("d-2", "password"),
          new SecretPlace("d-1", "private_key"),
          new SecretPlace("d-1p", "assword"),
        }) {
      EngineException failure = failure(() -> store().open(sealed, other));
      assertThat(failure.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED);
      assertThat(failure.hint()).isPresent();
    }
  }

  @Test
  void aChangedCharacterIsNoticedWhereverItIs() {
    String sealed = store().seal("secret", PLACE);
    int start = sealed.lastIndexOf(':') + 1;
    // Not the last one: it stands for two bits only, and sixteen characters for the same.
    for (int index = start; index < sealed.length() - 1; index++) {
      char changed = sealed.charAt(index) == 'A' ? 'w' : 'A';
      String bad = sealed.substring(0, index) + changed + sealed.substring(index + 1);
      EngineException failure = failure(() -> store().open(bad, PLACE));
      assertThat(failure.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED);
    }
    for (int length = start; length < sealed.length(); length++) {
      String cut = sealed.substring(0, length);
      assertThat(failure(() -> store().open(cut, PLACE)).kind())
          .isEqualTo(ErrorKind.VERIFICATION_FAILED);
    }
  }

  @Test
  void aLostKeyIsNamedWithWhatToDo() throws Exception {
    String sealed = store().seal("x", PLACE);
    String id = store().activeKeyId().orElseThrow();
    Files.delete(file());
    EngineException failure = failure(() -> store().open(sealed, PLACE));
    assertThat(failure.kind()).isEqualTo(ErrorKind.WRONG_KEY);
    assertThat(failure.reason()).contains(id);
    assertThat(failure.hint().orElseThrow()).contains("secret.key", "TACVAULT_SECRET_KEY");
    assertThat(file()).doesNotExist();
  }

  @Test
  void aLaterVersionIsNotTakenForDamage() {
    EngineException failure =
        failure(() -> store().open("tacvault-secret:v2:00000000:" + "A".repeat(40), PLACE));
    assertThat(failure.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED);
    assertThat(failure.reason()).contains("later version");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "000102030405060708090a0b0c0d0e0f101112131415161718191A1B1C1D1E1F",
      })
  void takesAKeyFromTheEnvironmentInEitherForm(String key) {
    SecretStore given = store("TACVAULT_SECRET_KEY", key);
    String sealed = given.seal("x", PLACE);
    assertThat(given.open(sealed, PLACE)).isEqualTo("x");
    assertThat(given.activeKeyId()).contains("e1bac8d2");
    assertThat(given.makesKeys()).isFalse();
    assertThat(given.keyPlace()).isEqualTo("TACVAULT_SECRET_KEY");
    assertThat(file()).doesNotExist();
  }

  @Test
  void takesAKeyFromAFileThatTheEnvironmentNames() throws Exception {
    Path key = directory.resolve("key");
    Files.writeString(key, "# mine\n" + SealingKey.generate().encoded() + "\n");
    SecretStore given = store("TACVAULT_SECRET_KEY_FILE", key.toString());
    assertThat(given.open(given.seal("x", PLACE), PLACE)).isEqualTo("x");
    assertThat(given.keyPlace()).isEqualTo(key.toString());
    assertThat(file()).doesNotExist();
  }

  @Test
  void takesAKeyFromACredentialOfTheServiceManager() throws Exception {
    Path key = directory.resolve("tacvault-secret-key");
    SecretStore given = store("CREDENTIALS_DIRECTORY", directory.toString());
    assertThat(given.makesKeys()).isTrue();
    Files.writeString(key, SealingKey.generate().encoded());
    assertThat(given.makesKeys()).isFalse();
    assertThat(given.open(given.seal("x", PLACE), PLACE)).isEqualTo("x");
    assertThat(given.keyPlace()).isEqualTo(key.toString());
    assertThat(file()).doesNotExist();
  }

  @Test
  void aGivenKeyGoesBeforeOurOwnWhichStillOpens() {
    String old = store().seal("x", PLACE);
    SecretStore given = store("TACVAULT_SECRET_KEY", SealingKey.generate().encoded());
    assertThat(given.open(old, PLACE)).isEqualTo("x");
    assertThat(given.isCurrent(old)).isFalse();
    assertThat(given.isCurrent(given.seal("x", PLACE))).isTrue();
  }

  @Test
  void ofSeveralGivenKeysTheFirstEncryptsAndAllOpen() {
    SealingKey old = SealingKey.generate();
    SealingKey next = SealingKey.generate();
    String sealed = store("TACVAULT_SECRET_KEY", old.encoded()).seal("x", PLACE);
    SecretStore both = store("TACVAULT_SECRET_KEY", next.encoded() + ", " + old.encoded());
    assertThat(both.open(sealed, PLACE)).isEqualTo("x");
    assertThat(both.activeKeyId()).contains(next.id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"correct horse battery staple", "AAECAw==", "zz", ",", "# none"})
  void whatIsNoKeyIsRefusedWithoutBeingQuoted(String text) {
    EngineException failure = failure(() -> store("TACVAULT_SECRET_KEY", text).seal("x", PLACE));
    assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID_CONFIG);
    assertThat(failure).hasMessageContaining("TACVAULT_SECRET_KEY");
    assertThat(failure.hint()).contains("make one with: openssl rand -base64 32");
    for (String word : text.split("[ ,]")) {
      assertThat(failure.reason() + failure.subject()).doesNotContain(word.isEmpty() ? "\0" : word);
    }
  }

  @Test
  void aNewKeyEncryptsAndTheOldOnesGoWhenTheyAreDropped() {
    SecretStore store = store();
    String old = store.seal("x", PLACE);
    store.addKey();
    assertThat(store.hasOldKeys()).isTrue();
    String renewed = store.seal("x", PLACE);
    assertThat(store.isCurrent(old)).isFalse();
    assertThat(store.open(old, PLACE)).isEqualTo("x");
    store.dropOldKeys();
    assertThat(store.hasOldKeys()).isFalse();
    assertThat(store.open(renewed, PLACE)).isEqualTo("x");
    assertThat(failure(() -> store.open(old, PLACE)).kind()).isEqualTo(ErrorKind.WRONG_KEY);
  }

  @Test
  void aNewKeyCanBeTakenBack() {
    SecretStore store = store();
    String sealed = store.seal("x", PLACE);
    store.addKey();
    store.removeNewestKey();
    assertThat(store.isCurrent(sealed)).isTrue();
    assertThat(store.hasOldKeys()).isFalse();
  }

  @Test
  void keysShowTheirIdAlone() {
    SealingKey key = SealingKey.generate();
    assertThat(key).hasToString("key " + key.id());
    assertThat(key.encoded()).doesNotContain(key.id());
  }

  private static EngineException failure(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(EngineException.class, call);
  }
}
