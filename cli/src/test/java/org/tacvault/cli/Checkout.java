package org.tacvault.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A source checkout whose {@code mvn} copies a ready app.jar and counts how often it ran. */
record Checkout(Path root, Path tools) {
  static Checkout create(Path temp) throws IOException {
    Checkout checkout =
        new Checkout(
            Files.createDirectories(temp.resolve("checkout")),
            Files.createDirectories(temp.resolve("tools")));
    Files.copy(Path.of("..", "tacvault"), checkout.script());
    Files.createFile(checkout.root.resolve("pom.xml"));
    for (String module : new String[] {"engine", "server", "cli"}) {
      Files.createDirectories(checkout.root.resolve(module).resolve("src/main"));
      Files.createFile(checkout.root.resolve(module).resolve("pom.xml"));
    }
    Files.createFile(checkout.source());
    AppJar.write(checkout.tools.resolve("app.jar"));
    checkout.maven(
        "echo run >>'%1$s/builds'; mkdir -p cli/target/dist; cp '%1$s/app.jar' cli/target/dist/"
            .formatted(checkout.tools));
    return checkout;
  }

  Path script() {
    return root.resolve("tacvault");
  }

  Path source() {
    return root.resolve("engine/src/main/Source.java");
  }

  Map<String, String> environment() {
    return Map.of(
        "PATH",
        tools + ":" + System.getenv("PATH"),
        "TACVAULT_JAVA_HOME",
        System.getProperty("java.home"),
        "TACVAULT_NO_CDS",
        "1");
  }

  long builds() throws IOException {
    return Files.readAllLines(tools.resolve("builds")).size();
  }

  /** From now on the sources do not compile. */
  void breakBuild() throws IOException {
    maven("echo '[ERROR] semicolon expected'; exit 1");
    Files.delete(root.resolve("cli/target/dist/app.jar"));
  }

  private void maven(String commands) throws IOException {
    Path maven = tools.resolve("mvn");
    Files.writeString(maven, "#!/bin/sh\n" + commands + "\n");
    if (!maven.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + maven + " executable");
    }
  }
}
