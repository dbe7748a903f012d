package org.tacvault.engine.catalog;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A second Java process that works on a catalog and answers line by line. */
final class CatalogProcess {
  private final Process process;
  private final BufferedReader answers;
  private final PrintStream orders;

  private CatalogProcess(Process process) {
    this.process = process;
    this.answers = process.inputReader();
    this.orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  static CatalogProcess start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(CatalogProcess.class.getName());
    command.addAll(List.of(arguments));
    return new CatalogProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  String readLine() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("the process ended without an answer");
    }
    return line;
  }

  void writeLine(String line) {
    orders.println(line);
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      kill();
    }
    return process.exitValue();
  }

  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "takeover" -> takeOverUntil(file, Integer.parseInt(arguments[2]));
      case "write" -> write(file, Integer.parseInt(arguments[2]));
      default -> identify(file, arguments[2]);
    }
  }

  private static void takeOverUntil(Path file, int lastStatement) {
    AtomicInteger statements = new AtomicInteger();
    new Takeover(
            new StateDatabase(file, "catalog", ""),
            () -> {
              if (statements.incrementAndGet() == lastStatement) {
                System.out.println("parked");
                waitForEver();
              }
            })
        .run();
    System.out.println("done");
  }

  private static void write(Path file, int count) throws Exception {
    awaitOrder();
    Catalog catalog = Catalog.open(file);
    Thread second = new Thread(() -> beginAndComplete(catalog, count));
    second.start();
    beginAndComplete(catalog, count);
    second.join();
    System.out.println("done");
  }

  private static void beginAndComplete(Catalog catalog, int count) {
    for (int i = 0; i < count; i++) {
      String id =
          catalog.begin(
              CatalogTest.execution(ExecutionKind.BACKUP, "d-1", "child", CatalogTest.NOW));
      catalog.complete(id, ExecutionResult.NONE, CatalogTest.NOW);
    }
  }

  private static void identify(Path file, String id) throws Exception {
    awaitOrder();
    System.out.println(Catalog.open(file).metadata().putIfAbsent(Metadata.INSTANCE_ID, id));
  }

  private static void awaitOrder() throws IOException {
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready");
    orders.readLine();
  }

  private static void waitForEver() {
    // Ends with the test, should that fail to kill it.
    try {
      System.in.read();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    Runtime.getRuntime().halt(1);
  }
}
