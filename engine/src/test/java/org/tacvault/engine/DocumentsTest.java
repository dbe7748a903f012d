package org.tacvault.engine;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Documents name code and each other: what they name must be there. */
class DocumentsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#\\s]+)(?:#[^)]*)?\\)");
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern TYPE =
      Pattern.compile("(?:[A-Z][a-z]+){2,}(?:Test|Contract)?(?:\\.[a-z][A-Za-z]*)?");
  private static final Pattern METHOD = Pattern.compile("[a-z]+(?:[A-Z][a-z]+)+");

  /** What documents name that is not ours. */
  private static final Set<String> FOREIGN =
      Set.of(
          "CrossOriginProtection",
          "InstantSource",
          "RemoteIpValve",
          "TaskScheduler",
          "TimeoutStopSec");

  @Test
  void everyLinkLeadsSomewhere() {
    for (Path document : documents()) {
      for (String target : all(LINK, text(document))) {
        Path file = document.resolveSibling(target);
        assertThat(file).as("%s names %s", ROOT.relativize(document), target).exists();
      }
    }
  }

  @Test
  void everyTypeThatADocumentNamesExists() {
    Set<String> types =
        sources().map(file -> file.getFileName().toString().replace(".java", "")).collect(toSet());
    types.addAll(FOREIGN);
    for (Path document : documents()) {
      for (String code : all(CODE, text(document))) {
        if (TYPE.matcher(code).matches()) {
          assertThat(types)
              .as("%s names %s", ROOT.relativize(document), code)
              .contains(code.replaceFirst("\\..*", ""));
        }
      }
    }
  }

  @Test
  void everyTestThatConfirmsADecisionExists() {
    Set<String> methods = new TreeSet<>();
    sources()
        .filter(file -> file.toString().contains("/src/test/"))
        .forEach(file -> methods.addAll(all(Pattern.compile("void (\\w+)\\("), text(file))));
    for (Path decision : decisions()) {
      String confirmation = text(decision).split("\n## Confirmation\n", 2)[1];
      for (String code : all(CODE, confirmation)) {
        if (METHOD.matcher(code).matches()) {
          assertThat(methods).as(decision.getFileName().toString()).contains(code);
        }
      }
    }
  }

  @Test
  void decisionsAreNumberedHaveTheirPartsAndStandInTheList() {
    List<Path> decisions = decisions();
    String list = text(ROOT.resolve("docs/decisions/README.md"));
    for (int index = 0; index < decisions.size(); index++) {
      String name = decisions.get(index).getFileName().toString();
      assertThat(name).startsWith("%04d-".formatted(index + 1));
      assertThat(list).contains("(" + name + ")");
      assertThat(text(decisions.get(index)))
          .as(name)
          .contains("Status: ", "## Context", "## Options", "## Outcome", "## Consequences")
          .contains("\n## Confirmation\n");
    }
    assertThat(decisions).isNotEmpty();
  }

  @Test
  void everyPackageStandsInTheCodeMap() throws IOException {
    String map = text(ROOT.resolve("docs/architecture.md"));
    try (Stream<Path> packages =
        Files.list(ROOT.resolve("engine/src/main/java/org/tacvault/engine"))) {
      packages
          .filter(Files::isDirectory)
          .forEach(found -> assertThat(map).contains("**`" + found.getFileName() + "`**"));
    }
  }

  private static List<Path> documents() {
    return files(ROOT, "README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "docs")
        .filter(file -> file.toString().endsWith(".md"))
        .toList();
  }

  private static List<Path> decisions() {
    return files(ROOT, "docs/decisions")
        .filter(file -> file.getFileName().toString().matches("\\d{4}-.*\\.md"))
        .sorted()
        .toList();
  }

  private static Stream<Path> sources() {
    return files(ROOT, "engine/src", "server/src", "cli/src")
        .filter(file -> file.toString().endsWith(".java"));
  }

  private static Stream<Path> files(Path root, String... names) {
    return Stream.of(names)
        .map(root::resolve)
        .flatMap(
            start -> {
              try (Stream<Path> walk = Files.walk(start)) {
                return walk.filter(Files::isRegularFile).toList().stream();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  private static List<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult found) -> found.group(1)).toList();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
