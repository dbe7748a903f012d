package org.tacvault.engine.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.secret.Secret;

/** Both ways with the age tool; python3 plays the terminal that it asks passphrases on. */
class StockAgeTest {
  private static final String TERMINAL =
      """
      import os, pty, sys
      passphrase, command = os.environ["PASSPHRASE"], sys.argv[1:]
      child, terminal = pty.fork()
      if child == 0:
          os.execvp(command[0], command)
      seen = b""
      while True:
          try:
              data = os.read(terminal, 1024)
          except OSError:
              break
          if not data:
              break
          seen += data
          if b"phrase" in seen and b": " in seen:
              seen = b""
              os.write(terminal, passphrase.encode() + b"\\n")
      sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
      """;

  @TempDir Path directory;

  @BeforeAll
  static void needsTheTools() throws Exception {
    require("age", "--version");
    require("age-keygen", "--version");
    require("python3", "--version");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, Samples.CHUNK, 3_000_000})
  void ageOpensWhatWeEncryptToItsPublicKey(int size) throws Exception {
    Path key = keygen();
    Path archive = directory.resolve("archive.age");
    String recipient = IdentityFile.read(key).get(0).recipient();
    Files.write(
        archive,
        Samples.encrypted(Encryption.recipients(List.of(recipient)), Samples.content(size)));
    // With nothing to write, age does not even create its output file.
    Path plain = Files.createFile(directory.resolve("plain"));
    run("age", "-d", "-i", key.toString(), "-o", plain.toString(), archive.toString());
    assertThat(plain).hasBinaryContent(Samples.content(size));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, Samples.CHUNK, 3_000_000})
  void weOpenWhatAgeEncryptsToOurPublicKey(int size) throws Exception {
    Identity identity = Identity.generate();
    for (List<String> armor : List.of(List.<String>of(), List.of("-a"))) {
      Path archive = directory.resolve("archive" + armor.size());
      List<String> command = new ArrayList<>(List.of("age", "-r", identity.recipient()));
      command.addAll(armor);
      command.addAll(List.of("-o", archive.toString(), plain(size).toString()));
      run(command.toArray(String[]::new));
      assertThat(Samples.decrypted(archive, Keys.of(List.of(identity))))
          .isEqualTo(Samples.content(size));
    }
  }

  @Test
  void ageReadsTheIdentityFilesThatWeWrite() throws Exception {
    Identity identity = Identity.generate();
    Path key = directory.resolve("ours.txt");
    IdentityFile.write(key, identity, Instant.EPOCH);
    assertThat(run("age-keygen", "-y", key.toString()).strip()).isEqualTo(identity.recipient());
  }

  @ParameterizedTest
  @ValueSource(strings = {"correct horse battery staple", "pässwörd 密码"})
  void ageOpensWhatWeEncryptWithAPassphrase(String passphrase) throws Exception {
    Encryption encryption =
        Encryption.passphrase(Secret.of(passphrase), Encryption.DEFAULT_WORK_FACTOR);
    Path archive = directory.resolve("archive.age");
    Files.write(archive, Samples.encrypted(encryption, Samples.content(100_000)));
    Path plain = directory.resolve("plain");
    onTerminal(passphrase, "age", "-d", "-o", plain.toString(), archive.toString());
    assertThat(plain).hasBinaryContent(Samples.content(100_000));
  }

  @Test
  void weOpenWhatAgeEncryptsWithAPassphrase() throws Exception {
    Path archive = directory.resolve("archive.age");
    String passphrase = "pässwörd 密码";
    onTerminal(passphrase, "age", "-p", "-o", archive.toString(), plain(100_000).toString());
    assertThat(Samples.decrypted(archive, Keys.of(Secret.of(passphrase))))
        .isEqualTo(Samples.content(100_000));
  }

  private Path plain(int size) throws IOException {
    return Files.write(directory.resolve("content"), Samples.content(size));
  }

  private Path keygen() throws Exception {
    Path key = directory.resolve("theirs.txt");
    run("age-keygen", "-o", key.toString());
    return key;
  }

  private void onTerminal(String passphrase, String... command) throws Exception {
    List<String> whole = new ArrayList<>(List.of("python3", "-c", TERMINAL));
    whole.addAll(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(whole);
    builder.environment().put("PASSPHRASE", passphrase);
    builder.environment().put("PYTHONUTF8", "1");
    run(builder);
  }

  private static String run(String... command) throws Exception {
    return run(new ProcessBuilder(command));
  }

  private static String run(ProcessBuilder builder) throws Exception {
    Path output = Files.createTempFile("stock-age", ".txt");
    try {
      Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        fail("did not end: " + builder.command());
      }
      String text = Files.readString(output, StandardCharsets.UTF_8);
      assertThat(process.exitValue()).as(text).isZero();
      return text;
    } finally {
      Files.delete(output);
    }
  }

  private static void require(String... command) throws Exception {
    boolean installed;
    try {
      installed = new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      installed = false;
    }
    if ("true".equals(System.getenv("CI"))) {
      assertThat(installed).as(command[0] + " is required in CI").isTrue();
    }
    assumeTrue(installed, command[0] + " is not installed");
  }
}
