package org.tacvault.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tacvault.engine.archive.ArchiveWriter;
import org.tacvault.engine.archive.Compression;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.encryption.EncryptingStream;
import org.tacvault.engine.encryption.Encryption;
import org.tacvault.engine.encryption.Identity;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.encryption.TcbkWriter;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.manifest.Manifest;
import org.tacvault.engine.manifest.ManifestJson;
import org.tacvault.engine.restore.PreparedRestore;
import org.tacvault.engine.restore.RestoreListener;
import org.tacvault.engine.restore.RestoreOptions;
import org.tacvault.engine.restore.RestoreRequest;
import org.tacvault.engine.secret.Secret;
import org.tacvault.engine.verify.ArchiveRef;

/**
 * Single bytes flipped and ends cut off, at random, in archives of every format: refused, or what
 * comes out is the original, never anything between. {@code -Dtacvault.flips=1000} makes a longer
 * run (so many for each format), {@code -Dtacvault.seed} another one.
 */
class DamagedRestoreTest {
  private static final int FLIPS = Integer.getInteger("tacvault.flips", 200);
  private static final long SEED = Long.getLong("tacvault.seed", 20_261_123);

  private static final Secret PASSPHRASE = Secret.of("correct horse battery staple");
  private static final Identity IDENTITY = Identity.generate();
  private static final Keys KEYS = new Keys(Optional.of(PASSPHRASE), List.of(IDENTITY));

  /** The least that is written and read; a real archive's takes sixty-four times as long. */
  private static final int WORK_FACTOR = 10;

  @TempDir Path root;
  private EngineScene scene;
  private Map<String, byte[]> members;
  private Manifest manifest;

  /** Every format that a restore opens. */
  enum Format {
    GZIP,
    ZSTD,
    AGE_PASSPHRASE,
    AGE_RECIPIENT,
    TCBK
  }

  @BeforeEach
  void makeMembers() throws IOException {
    scene = EngineScene.create(root);
    Forgery small = Forgery.of(scene.archive());
    for (String large :
        List.of("tacacs_accounting.db", "metrics_history.db", "audit_trail.db", "local_auth.db")) {
      small.without(large);
    }
    members = new LinkedHashMap<>(small.sealed().members());
    manifest = ManifestJson.read(members.remove(Manifest.FILE));
  }

  @AfterEach
  void closeScene() {
    scene.close();
  }

  @ParameterizedTest
  @EnumSource
  void damagedArchiveIsRefusedOrHoldsWhatItHeld(Format format) throws IOException {
    byte[] whole = archive(format);
    Map<String, String> before = scene.bytes();
    Random random = new Random(SEED + format.ordinal());
    assertThat(isRefused(whole, "undamaged")).isFalse();
    int refused = 0;
    for (int run = 0; run < FLIPS; run++) {
      int at = random.nextInt(whole.length);
      int bits = 1 + random.nextInt(255);
      boolean isCut = run % 4 == 3;
      byte[] damaged = isCut ? Arrays.copyOf(whole, at) : whole.clone();
      if (!isCut) {
        damaged[at] ^= (byte) bits;
      }
      String damage = format + (isCut ? " cut at " : " flipped by " + bits + " at ") + at;
      refused += isRefused(damaged, damage) ? 1 : 0;
      assertThat(scene.bytes()).as(damage).isEqualTo(before);
    }
    // What nobody looks at is some fields of a gzip header, which any archive has only few of.
    assertThat(refused).isGreaterThan(FLIPS * 9 / 10);
    scene.assertNothingLeft();
    scene.assertNothingRuns();
    assertThat(scene.home().data().resolve("backups")).doesNotExist();
  }

  private boolean isRefused(byte[] archive, String damage) throws IOException {
    Path file = Files.write(root.resolve("damaged"), archive);
    try (PreparedRestore prepared = prepare(file)) {
      Map<String, byte[]> content = new HashMap<>();
      for (String member : prepared.archive().content().members().keySet()) {
        content.put(member, Files.readAllBytes(prepared.archive().directory().resolve(member)));
      }
      assertThat(content).as(damage).containsExactlyInAnyOrderEntriesOf(members);
      assertThat(prepared.archive().manifest()).as(damage).isEqualTo(manifest);
      return false;
    } catch (EngineException e) {
      // In the header of an encrypted archive, damage may look like another key or a larger one.
      assertThat(e.kind())
          .as("%s: %s", damage, e)
          .isIn(ErrorKind.VERIFICATION_FAILED, ErrorKind.WRONG_KEY, ErrorKind.FAILED);
      assertThat(e.hint()).as("%s: %s", damage, e).isPresent();
      scene.assertNewest(ExecutionStatus.FAILED);
      return true;
    }
  }

  private PreparedRestore prepare(Path file) {
    return scene
        .engine()
        .restores()
        .prepare(
            new RestoreRequest(
                new ArchiveRef.File(file),
                Set.of(),
                KEYS,
                RestoreOptions.PLAIN,
                "test",
                RestoreListener.NONE));
  }

  private byte[] archive(Format format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    switch (format) {
      case GZIP -> out.write(plain(Compression.GZIP));
      case ZSTD -> out.write(plain(Compression.ZSTD));
      case AGE_PASSPHRASE -> encrypt(Encryption.passphrase(PASSPHRASE, WORK_FACTOR), out);
      case AGE_RECIPIENT -> encrypt(Encryption.recipients(List.of(IDENTITY.recipient())), out);
      case TCBK -> TcbkWriter.write(out, PASSPHRASE, sink -> sink.write(plain(Compression.GZIP)));
    }
    return out.toByteArray();
  }

  private void encrypt(Encryption encryption, ByteArrayOutputStream out) throws IOException {
    try (EncryptingStream stream = encryption.encrypt(out)) {
      stream.write(plain(Compression.GZIP));
      stream.finish();
    }
  }

  private byte[] plain(Compression compression) throws IOException {
    Map<String, Path> files = new LinkedHashMap<>();
    Path directory = Files.createDirectories(root.resolve("members"));
    for (Map.Entry<String, byte[]> member : members.entrySet()) {
      files.put(
          member.getKey(), Files.write(directory.resolve(member.getKey()), member.getValue()));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ArchiveWriter(compression, 6).write(manifest, files, out, done -> {});
    return out.toByteArray();
  }
}
