package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code tacvault serve} as a process of its own, on a free port. */
record ServiceProcess(Process process, URI url, Path log) implements AutoCloseable {
  /** The hash of {@code secret}. */
  static final String HASH = "$2y$04$2S.QI2lflfzPH9tafWCVGuFRagurnIyT302b6/.n5sSasOKzr79W2";

  private static final int PATIENCE_SECONDS = 60;

  /**
   * Starts it and waits until it answers.
   *
   * @param log where its standard error goes
   */
  static ServiceProcess start(
      String home, Path log, Map<String, String> environment, String... options)
      throws IOException {
    List<String> all = new ArrayList<>(List.of("serve", "--home", home, "--port", "0"));
    all.addAll(List.of(options));
    ProcessBuilder builder = ChildRun.java(List.of(), all.toArray(String[]::new));
    builder.environment().put("ADMIN_PASSWORD_HASH", HASH);
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Process process = builder.start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String serving = out.readLine();
    assertThat(serving).as(Files.readString(log)).startsWith("Serving " + home + " at http://");
    return new ServiceProcess(
        process, URI.create(serving.substring(serving.indexOf("http://"))), log);
  }

  /** Stops it in good order and returns what it logged. */
  String stop() throws IOException, InterruptedException {
    process.destroy();
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return Files.readString(log);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
