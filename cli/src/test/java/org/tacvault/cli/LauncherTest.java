package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code tacvault} in layouts that the test makes: an installation and a checkout. */
class LauncherTest {
  private static final Path SCRIPT = Path.of("..", "tacvault").toAbsolutePath().normalize();
  private static final Map<String, String> THIS_JAVA =
      Map.of("TACVAULT_JAVA_HOME", System.getProperty("java.home"));

  @TempDir Path temp;

  @Test
  void runsFromAnyDirectoryThroughLinks() throws Exception {
    Path installed = install();
    AppJar.write(installed.resolve("app.jar"));
    Path link = Files.createDirectories(temp.resolve("some where")).resolve("tv");
    Files.createSymbolicLink(temp.resolve("other"), installed.resolve("tacvault"));
    Files.createSymbolicLink(link, Path.of("../other"));
    ChildRun run = start(link, THIS_JAVA, "--version");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo(CommandRun.of("--version").out());
    assertThat(run.exitCode()).isZero();
    assertThat(installed).isDirectoryContaining("glob:**/command-*.jsa");
  }

  @Test
  void passesArgumentsAndExitCodeOn() throws Exception {
    Path installed = install();
    AppJar.write(installed.resolve("app.jar"));
    ChildRun run = start(installed.resolve("tacvault"), THIS_JAVA, "serve", "--home", "/no  such");
    assertThat(run.exitCode()).isEqualTo(10);
    assertThat(run.err()).startsWith("error: find home /no  such: no such directory\n");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void takesTheNewestJavaWithABoundedHeapAndTheOptionsOfTheUser() throws Exception {
    Path installed = install();
    Files.createFile(installed.resolve("app.jar"));
    Path newest = fakeJava("99.0.1");
    ChildRun run =
        start(
            installed.resolve("tacvault"),
            Map.of(
                "JAVA_HOME",
                newest.toString(),
                "TACVAULT_JAVA_OPTS",
                "-Da=b -Xmx1g",
                "TACVAULT_NO_CDS",
                "1"),
            "list");
    assertThat(run.out())
        .startsWith("Java 99.0.1: -Xmx256m -XX:+UseSerialGC")
        .contains(" -Dtacvault.terminal= -Da=b -Xmx1g -jar ")
        .endsWith("app.jar list\n");
  }

  @Test
  void anOldJavaIsNotTaken() throws Exception {
    Path installed = install();
    AppJar.write(installed.resolve("app.jar"));
    Path old = fakeJava("11.0.2");
    ChildRun run =
        start(
            installed.resolve("tacvault"),
            Map.of("JAVA_HOME", old.toString(), "TACVAULT_NO_CDS", "1"),
            "--version");
    assertThat(run.out()).startsWith("tacvault ");
  }

  @Test
  void withoutJavaItSaysWhatToInstall() throws Exception {
    Path installed = install();
    Files.createFile(installed.resolve("app.jar"));
    Map<String, String> none = Map.of("TACVAULT_JAVA_HOME", temp.resolve("none").toString());
    ChildRun run = start(installed.resolve("tacvault"), none, "--version");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("no Java 17 or later was found", "hint: install one");
  }

  @Test
  void anIncompleteInstallationIsAnError() throws Exception {
    ChildRun run = start(install().resolve("tacvault"), THIS_JAVA, "--version");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("error: start tacvault: app.jar is missing");
  }

  @Test
  void twoStartsOfACheckoutBuildItOnce() throws Exception {
    Checkout checkout = Checkout.create(temp);
    Process first = process(checkout.script(), checkout.environment(), "--version").start();
    Process second = process(checkout.script(), checkout.environment(), "--version").start();
    List<ChildRun> runs = new ArrayList<>(List.of(ChildRun.of(first), ChildRun.of(second)));
    assertThat(runs).allSatisfy(run -> assertThat(run.out()).startsWith("tacvault "));
    assertThat(runs.get(0).err() + runs.get(1).err()).hasLineCount(1).contains("building, once");
    assertThat(checkout.builds()).isEqualTo(1);
  }

  @Test
  void aChangedSourceIsBuiltAgainAndAnUnchangedOneIsNot() throws Exception {
    Checkout checkout = Checkout.create(temp);
    start(checkout.script(), checkout.environment(), "--version");
    start(checkout.script(), checkout.environment(), "--version");
    assertThat(checkout.builds()).isEqualTo(1);
    Files.setLastModifiedTime(checkout.source(), FileTime.from(Instant.now().plusSeconds(2)));
    start(checkout.script(), checkout.environment(), "--version");
    assertThat(checkout.builds()).isEqualTo(2);
  }

  @Test
  void aFailedBuildShowsItsLogAndRunsNothing() throws Exception {
    Checkout checkout = Checkout.create(temp);
    start(checkout.script(), checkout.environment(), "--version");
    checkout.breakBuild();
    ChildRun run = start(checkout.script(), checkout.environment(), "--version");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("[ERROR] semicolon expected", "the build failed", "hint: the whole log is in");
  }

  private Path install() throws IOException {
    Path directory = Files.createDirectories(temp.resolve("installed here"));
    Files.copy(SCRIPT, directory.resolve("tacvault"));
    return directory;
  }

  private Path fakeJava(String version) throws IOException {
    Path home = temp.resolve("java-" + version);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Path java = home.resolve("bin/java");
    Files.writeString(java, "#!/bin/sh\necho \"Java " + version + ": $*\"\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    return home;
  }

  private ChildRun start(Path script, Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    return ChildRun.of(process(script, environment, args));
  }

  private ProcessBuilder process(Path script, Map<String, String> environment, String... args) {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(temp.toFile());
    builder.environment().remove("TACVAULT_JAVA_HOME");
    builder.environment().putAll(environment);
    return builder;
  }
}
