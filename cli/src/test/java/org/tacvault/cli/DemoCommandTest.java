package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DemoCommandTest {
  @TempDir Path temp;

  @Test
  void aProcessOfItsOwnShowsTheWholeStory() throws Exception {
    ProcessBuilder demo =
        ChildRun.java(List.of(), "demo", "--no-serve", "--accounting-rows", "2000");
    demo.environment().put("TACACS_DEVICE_DB", "/nowhere/devices.db");
    ChildRun run = ChildRun.of(demo.directory(temp.toFile()));
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines())
        .hasSize(11)
        .anyMatch(line -> line.matches("1\\. Server .* 2,000 accounting records: .*iB of data.*"))
        .anyMatch(line -> line.matches("2\\. Backup .* stored and read back, in .*"))
        .anyMatch(line -> line.matches("3\\. Disaster .* ams-core-routers with 3 devices gone;"))
        .anyMatch(line -> line.matches("4\\. Restore .* all or nothing, in .*"))
        .anyMatch(line -> line.matches("5\\. Compared .* all equal to before, by SHA-256"));
    assertThat(temp.resolve("tacvault-demo/home/config/tacacs.conf")).exists();
  }

  @Test
  void startsAnewInItsOwnDirectory() throws Exception {
    assertThat(demo().exitCode()).isZero();
    Path home = temp.resolve("demo/home");
    Path left = Files.writeString(home.resolve("left"), "from last time");
    Path beside = Files.writeString(temp.resolve("demo/notes"), "mine");
    CommandRun again = demo("--json");
    assertThat(again.exitCode()).isZero();
    assertThat(left).doesNotExist();
    assertThat(beside).exists();
    JsonNode answer = TestServer.parse(again);
    assertThat(answer.get("equal").asBoolean()).isTrue();
    assertThat(answer.get("tables").asInt()).isGreaterThan(20);
    assertThat(answer.get("disaster").get("users_deleted").asInt()).isPositive();
    assertThat(answer.get("restore").get("components")).hasSize(6);
    assertThat(Shell.in(temp).run("list", "--home", home.toString()).out()).contains("manual");
  }

  @Test
  void touchesNoDirectoryThatItDidNotMake() throws Exception {
    Path mine = Files.createDirectories(temp.resolve("demo/home")).resolve("tacacs.conf");
    Files.writeString(mine, "precious");
    CommandRun run = demo();
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("it exists, and no demo made it", "hint: nothing was touched");
    assertThat(mine).hasContent("precious");
    Path file = Files.writeString(temp.resolve("file"), "");
    assertThat(Shell.in(temp).run("demo", "--no-serve", "--dir", file.toString()).exitCode())
        .isEqualTo(1);
  }

  @Test
  void impossibleNumbersAreRefusedBeforeAnythingIsMade() {
    assertThat(demo("--accounting-rows", "-1").exitCode()).isEqualTo(2);
    assertThat(demo("--port", "70000").exitCode()).isEqualTo(2);
    assertThat(temp.resolve("demo")).doesNotExist();
  }

  @Test
  @Timeout(90)
  void servesWhatItMadeUntilItIsStopped() throws Exception {
    Process demo =
        ChildRun.java(List.of(), "demo", "--port", "0", "--accounting-rows", "100")
            .directory(temp.toFile())
            .start();
    try {
      BufferedReader out =
          new BufferedReader(new InputStreamReader(demo.getInputStream(), StandardCharsets.UTF_8));
      String line = out.readLine();
      while (line != null && !line.startsWith("Serving it at ")) {
        line = out.readLine();
      }
      assertThat(line).matches("Serving it at http://127\\.0\\.0\\.1:\\d+ \\(Ctrl-C ends\\)");
      ChildRun.of("kill", "-INT", String.valueOf(demo.pid()));
      assertThat(demo.waitFor()).isEqualTo(130);
    } finally {
      demo.destroyForcibly();
    }
  }

  private CommandRun demo(String... options) {
    String[] command = new String[options.length + 6];
    System.arraycopy(
        new String[] {"demo", "--no-serve", "--dir", "demo", "--seed", "5"}, 0, command, 0, 6);
    System.arraycopy(options, 0, command, 6, options.length);
    return Shell.in(temp).run(command);
  }
}
