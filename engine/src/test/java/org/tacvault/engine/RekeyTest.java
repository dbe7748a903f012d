package org.tacvault.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tacvault.engine.RekeyScene.ENCRYPTED;
import static org.tacvault.engine.RekeyScene.OLD;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionResult;
import org.tacvault.engine.catalog.Pin;
import org.tacvault.engine.destination.Content;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.destination.ForwardingDestination;
import org.tacvault.engine.destination.StoredArchive;
import org.tacvault.engine.encryption.Identity;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.io.Sha256;
import org.tacvault.engine.rekey.NewKey;
import org.tacvault.engine.rekey.RekeyListener;
import org.tacvault.engine.rekey.RekeyStep;
import org.tacvault.engine.rekey.Rekeyed;
import org.tacvault.engine.rekey.Rekeyed.Outcome;
import org.tacvault.engine.secret.Secret;
import org.tacvault.engine.testing.ChildJvm;

/** Stored archives are encrypted to other keys, and nothing is lost by it. */
class RekeyTest {
  private static final Identity IDENTITY = Identity.generate();
  private static final Keys NEW = Keys.of(List.of(IDENTITY));
  private static final NewKey TO_IDENTITY = NewKey.of(List.of(IDENTITY.recipient()));

  @TempDir Path root;

  @Test
  void archivesOpenWithTheNewKeyAloneAndAllFollowsThem() throws Exception {
    try (RekeyScene scene = RekeyScene.create(root, ENCRYPTED)) {
      Execution first = scene.backUp();
      Execution second = scene.backUp();
      scene.verify(first.result().backupPath(), Keys.of(OLD));
      EngineScene.assertFails(
          ErrorKind.WRONG_KEY,
          "no passphrase",
          () -> scene.verify(first.result().backupPath(), NEW));
      String id = scene.row().id();
      scene
          .engine()
          .catalog()
          .pins()
          .pin(id, first.result().backupPath(), "audit", EngineScene.NOW);
      List<Rekeyed> done = scene.rekey(TO_IDENTITY, Keys.of(OLD));
      assertThat(done).extracting(Rekeyed::outcome).containsExactly(Outcome.DONE, Outcome.DONE);
      assertThat(scene.stored())
          .extracting(StoredArchive::path)
          .containsExactlyInAnyOrderElementsOf(done.stream().map(Rekeyed::newPath).toList())
          .doesNotContain(first.result().backupPath(), second.result().backupPath());
      for (StoredArchive archive : scene.stored()) {
        scene.verify(archive.path(), NEW);
        EngineScene.assertFails(
            ErrorKind.WRONG_KEY,
            "encrypted to public keys",
            () -> scene.verify(archive.path(), Keys.of(OLD)));
      }
      ExecutionResult moved = scene.engine().catalog().find(first.id()).orElseThrow().result();
      Path file = Path.of(moved.backupPath());
      assertThat(moved.backupFilename()).isEqualTo(file.getFileName().toString());
      assertThat(moved.checksumSha256()).isEqualTo(Sha256.hex(file));
      assertThat(moved.compressedSizeBytes()).isEqualTo(Files.size(file));
      assertThat(moved.manifestJson()).isEqualTo(first.result().manifestJson());
      assertThat(scene.engine().catalog().pins().list(id))
          .extracting(Pin::path)
          .containsExactly(moved.backupPath());
      assertThat(scene.rekey(TO_IDENTITY, Keys.none()))
          .extracting(Rekeyed::outcome)
          .containsOnly(Outcome.ALREADY);
      scene.scene.assertNothingLeft();
    }
  }

  @Test
  void plainArchivesAreEncryptedWithAPassphraseOnce() {
    try (RekeyScene scene = RekeyScene.create(root, Map.of())) {
      String plain = scene.backUp().result().backupPath();
      NewKey passphrase = NewKey.of(Secret.of("new"));
      List<Rekeyed> done = scene.rekey(passphrase, Keys.none());
      assertThat(done).singleElement().extracting(Rekeyed::newPath).isEqualTo(plain + ".age");
      scene.verify(plain + ".age", Keys.of(Secret.of("new")));
      assertThat(scene.stored()).hasSize(1);
      assertThat(scene.rekey(passphrase, Keys.none()))
          .extracting(Rekeyed::outcome)
          .containsExactly(Outcome.ALREADY);
    }
  }

  @Test
  void aNameThatIsOnlyReadIsNotWritten() throws Exception {
    try (RekeyScene scene = RekeyScene.create(root, Map.of())) {
      Path archive = root.resolve("nas/fra1/manual/backup-fra1-20261123-030000-manual.tgz");
      Files.createDirectories(archive.getParent());
      noise(archive, 1000);
      assertThat(scene.rekey(TO_IDENTITY, Keys.none()).get(0).newPath())
          .isEqualTo(archive.toString().replace(".tgz", ".tar.gz.age"));
      assertThat(archive).doesNotExist();
    }
  }

  @Test
  void oneThatFailsStaysAndTheOthersGoOn() throws Exception {
    try (RekeyScene scene = RekeyScene.create(root, ENCRYPTED)) {
      Path damaged = Path.of(scene.backUp().result().backupPath());
      scene.backUp();
      byte[] bytes = Files.readAllBytes(damaged);
      bytes[bytes.length - 20] ^= 1;
      Files.write(damaged, bytes);
      Path renamed = Files.copy(damaged, damaged.resolveSibling("mine.tar.gz.age"));
      List<Rekeyed> done = scene.rekey(TO_IDENTITY, Keys.of(OLD));
      assertThat(done)
          .extracting(Rekeyed::outcome)
          .containsExactlyInAnyOrder(Outcome.DONE, Outcome.FAILED, Outcome.FAILED);
      assertThat(damaged).hasBinaryContent(bytes);
      assertThat(renamed).exists();
      assertThat(scene.stored()).hasSize(3);
      scene.scene.assertNothingLeft();
    }
  }

  @Test
  void aDamagedArchiveThatTheCatalogDoesNotKnowIsNotedAsItIsDecrypted() throws Exception {
    try (RekeyScene scene = RekeyScene.create(root, ENCRYPTED)) {
      Path known = Path.of(scene.backUp().result().backupPath());
      Path unknown =
          known.resolveSibling(known.getFileName().toString().replace("-manual", "-uploaded"));
      byte[] bytes = Files.readAllBytes(known);
      Files.write(unknown, Arrays.copyOf(bytes, bytes.length - 1000));
      assertThat(scene.rekey(TO_IDENTITY, Keys.of(OLD)))
          .filteredOn(each -> each.outcome() == Outcome.FAILED)
          .singleElement()
          .satisfies(each -> assertThat(each.path()).isEqualTo(unknown.toString()))
          .satisfies(
              each -> assertThat(each.failure().kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED));
      assertThat(unknown).exists();
    }
  }

  @Test
  void aWrongKeyChangesNothing() {
    try (RekeyScene scene = RekeyScene.create(root, ENCRYPTED)) {
      Execution backup = scene.backUp();
      List<Rekeyed> done = scene.rekey(TO_IDENTITY, Keys.of(Secret.of("wrong")));
      assertThat(done.get(0).failure().kind()).isEqualTo(ErrorKind.WRONG_KEY);
      assertThat(done.get(0).failure().subject()).isEqualTo(backup.result().backupPath());
      assertThat(scene.stored())
          .extracting(StoredArchive::path)
          .containsExactly(backup.result().backupPath());
      scene.verify(backup.result().backupPath(), Keys.of(OLD));
    }
  }

  @Test
  void oldArchivesCanBeKeptAndAreNotCopiedTwice() {
    try (RekeyScene scene = RekeyScene.create(root, ENCRYPTED)) {
      String old = scene.backUp().result().backupPath();
      for (NewKey newKey : List.of(TO_IDENTITY, NewKey.of(Secret.of("new")))) {
        int before = scene.stored().size();
        List<Rekeyed> done =
            scene.rekey(
                newKey, new Keys(Optional.of(OLD), List.of(IDENTITY)), true, RekeyListener.NONE);
        assertThat(done).extracting(Rekeyed::outcome).contains(Outcome.DONE);
        assertThat(scene.stored()).hasSizeGreaterThan(before);
        int after = scene.stored().size();
        assertThat(scene.rekey(newKey, Keys.none(), true, RekeyListener.NONE))
            .extracting(Rekeyed::outcome)
            .containsOnly(Outcome.ALREADY);
        assertThat(scene.stored()).hasSize(after);
      }
      scene.verify(old, Keys.of(OLD));
      assertThat(scene.engine().catalog().findBackup(scene.row().id(), old)).isPresent();
    }
  }

  @Test
  void aDryRunTellsAndChangesNothing() {
    try (RekeyScene scene = RekeyScene.create(root, ENCRYPTED)) {
      scene.backUp();
      List<StoredArchive> before = scene.stored();
      try (Destination nas = scene.engine().source(scene.row())) {
        assertThat(
                scene
                    .engine()
                    .rekeying()
                    .plan(
                        scene.request(
                            nas, TO_IDENTITY, any -> Keys.none(), false, RekeyListener.NONE)))
            .extracting(Rekeyed::outcome)
            .containsExactly(Outcome.WANTED);
      }
      assertThat(scene.stored()).isEqualTo(before);
    }
  }

  @Test
  void aDestinationThatKeepsSomethingElseLosesTheNewOneAndKeepsTheOld() {
    try (RekeyScene scene = RekeyScene.create(root, ENCRYPTED)) {
      String old = scene.backUp().result().backupPath();
      try (Destination nas = new Spoiling(scene.engine().source(scene.row()))) {
        List<Rekeyed> done =
            scene
                .engine()
                .rekeying()
                .run(
                    scene.request(
                        nas, TO_IDENTITY, any -> Keys.of(OLD), false, RekeyListener.NONE));
        assertThat(done.get(0).failure().kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED);
      }
      assertThat(scene.stored()).extracting(StoredArchive::path).containsExactly(old);
      scene.verify(old, Keys.of(OLD));
      assertThat(scene.rekey(TO_IDENTITY, Keys.of(OLD)).get(0).outcome()).isEqualTo(Outcome.DONE);
    }
  }

  @ParameterizedTest
  @EnumSource(RekeyStep.class)
  void aKillAtAnyStepIsFinishedByTheNextRun(RekeyStep step) throws Exception {
    String id;
    try (RekeyScene scene = RekeyScene.create(root, ENCRYPTED)) {
      Execution backup = scene.backUp();
      id = backup.id();
      scene
          .engine()
          .catalog()
          .pins()
          .pin(scene.row().id(), backup.result().backupPath(), "audit", EngineScene.NOW);
    }
    try (ChildJvm child =
        ChildJvm.start(List.of("-Xmx160m"), Killed.class, root, step, IDENTITY.recipient())) {
      child.awaitLine("at");
    }
    try (RekeyScene scene = RekeyScene.open(root)) {
      assertThat(scene.stored()).isNotEmpty();
      scene.rekey(TO_IDENTITY, Keys.of(OLD));
      String path = scene.engine().catalog().find(id).orElseThrow().result().backupPath();
      assertThat(scene.stored()).extracting(StoredArchive::path).containsExactly(path);
      scene.verify(path, NEW);
      assertThat(scene.engine().catalog().pins().list(scene.row().id()))
          .extracting(Pin::path)
          .containsExactly(path);
      scene.scene.assertNothingLeft();
    }
  }

  @Test
  void memoryDoesNotGrowWithTheArchive() throws Exception {
    try (RekeyScene scene = RekeyScene.create(root, Map.of())) {
      Path archive = root.resolve("nas/fra1/manual/backup-fra1-20261123-030000-manual.tar.gz");
      Files.createDirectories(archive.getParent());
      noise(archive, 150_000_000);
    }
    try (ChildJvm child =
        ChildJvm.start(List.of("-Xmx48m"), Killed.class, root, "-", IDENTITY.recipient())) {
      assertThat(child.awaitLine("done")).isEqualTo("DONE");
      assertThat(child.awaitExit()).isZero();
    }
  }

  /** What a rekeying takes for a gzip archive: it looks no further. */
  private static void noise(Path file, int size) throws IOException {
    Random random = new Random(1);
    byte[] block = new byte[1 << 20];
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(new byte[] {0x1f, (byte) 0x8b, 8});
      for (int done = 0; done < size; done += block.length) {
        random.nextBytes(block);
        out.write(block);
      }
    }
  }

  /** Rekeys everything and stands still after the step that it is given. */
  static final class Killed {
    private Killed() {}

    public static void main(String[] arguments) {
      RekeyListener listener =
          new RekeyListener() {
            @Override
            public void done(RekeyStep step) {
              if (step.name().equals(arguments[1])) {
                System.out.println("at " + step);
                awaitDeath();
              }
            }
          };
      try (RekeyScene scene = RekeyScene.open(Path.of(arguments[0]))) {
        List<Rekeyed> done =
            scene.rekey(NewKey.of(List.of(arguments[2])), Keys.of(OLD), false, listener);
        System.out.println("done " + done.get(0).outcome());
      }
    }

    private static void awaitDeath() {
      try {
        System.in.read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Changes one byte of what it stores. */
  private static final class Spoiling extends ForwardingDestination {
    Spoiling(Destination destination) {
      super(destination);
    }

    @Override
    public StoredArchive put(String relativePath, Content content) {
      return super.put(
          relativePath,
          new Content() {
            @Override
            public long sizeBytes() throws IOException {
              return content.sizeBytes();
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
              ByteArrayOutputStream bytes = new ByteArrayOutputStream();
              content.writeTo(bytes);
              byte[] spoiled = bytes.toByteArray();
              spoiled[spoiled.length / 2] ^= 1;
              out.write(spoiled);
            }
          });
    }
  }
}
