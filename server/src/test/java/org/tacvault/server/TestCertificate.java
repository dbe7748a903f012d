package org.tacvault.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A key and its certificate for 127.0.0.1, made by the {@code openssl} command. */
final class TestCertificate {
  private TestCertificate() {}

  /** Writes {@code name.crt} and {@code name.key}. */
  static TlsFiles make(Path directory, String name, List<String> keyOptions) throws Exception {
    Path certificate = directory.resolve(name + ".crt");
    Path key = directory.resolve(name + ".key");
    List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509"));
    command.addAll(keyOptions);
    command.addAll(
        List.of("-days", "2", "-subj", "/CN=" + name, "-addext", "subjectAltName=IP:127.0.0.1"));
    command.addAll(List.of("-keyout", key.toString(), "-out", certificate.toString()));
    run(command);
    return new TlsFiles(certificate, key, Optional.empty());
  }

  /** The same with the key encrypted. */
  static TlsFiles lock(TlsFiles files, String password) throws Exception {
    Path locked = files.key().resolveSibling(files.key().getFileName() + ".locked");
    run(
        List.of(
            "openssl",
            "pkcs8",
            "-topk8",
            "-v2",
            "aes-256-cbc",
            "-passout",
            "pass:" + password,
            "-in",
            files.key().toString(),
            "-out",
            locked.toString()));
    return new TlsFiles(files.certificate(), locked, Optional.empty());
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new AssertionError(command + ": " + output);
    }
  }
}
