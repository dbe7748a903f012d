package org.tacvault.engine.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A client of {@link EraDatabase}s in another process: a second JVM or Python. */
public final class EraProcess implements AutoCloseable {
  private final Process process;
  private final java.io.BufferedReader output;

  private EraProcess(List<String> command) throws IOException {
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    output = process.inputReader();
  }

  /** Reads {@code databases} all the time; waits for its first round. */
  public static EraProcess reader(String tool, Path... databases) throws IOException {
    return start(tool, "read", "-", databases);
  }

  /** Writes {@code databases} all the time, noting each commit in {@code log}. */
  public static EraProcess writer(String tool, Path log, Path... databases) throws IOException {
    return start(tool, "write", log.toString(), databases);
  }

  private static EraProcess start(String tool, String role, String log, Path... databases)
      throws IOException {
    List<String> command = new ArrayList<>(Tools.command(tool, EraClient.class, "era_client.py"));
    command.addAll(List.of(role, log));
    Stream.of(databases).map(Path::toString).forEach(command::add);
    EraProcess client = new EraProcess(command);
    client.await("ready");
    return client;
  }

  /** Ends it; no read was mixed and no work failed. Returns the era that it saw last. */
  public String end() throws IOException, InterruptedException {
    process.outputWriter().close();
    assertThat(Long.parseLong(await("rounds"))).isPositive();
    assertThat(await("failures")).as("failures").isEqualTo("0");
    assertThat(await("mixed")).as("mixed reads").isEqualTo("0");
    String last = await("last");
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return last;
  }

  /** The numbers of what a writer committed to {@code database} in {@code era}, by its log. */
  public static Set<Long> committed(Path log, String era, Path database) throws IOException {
    String name = database.getFileName().toString();
    Set<Long> numbers = new HashSet<>();
    for (String line : Files.readAllLines(log)) {
      String[] words = line.split(" ");
      if (words.length == 3 && words[1].equals(era) && words[2].equals(name)) {
        numbers.add(Long.parseLong(words[0]));
      }
    }
    return numbers;
  }

  private String await(String word) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.equals(word) || line.startsWith(word + " ")) {
        return line.substring(word.length()).strip();
      }
      seen.append(line).append('\n');
    }
    throw new IllegalStateException("no line '" + word + "' but: " + seen);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
