package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacvault.cli.output.Terminal;
import picocli.CommandLine;

/** Every command line that a document shows is one that {@code tacvault} understands. */
class DocumentedCommandsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern TYPED = Pattern.compile("(?m)^\\$ (?:\\S*/)?tacvault (.+)$");
  private static final Pattern NAMED = Pattern.compile("`(?:[^`\n]*/)?tacvault ([^`…\n]+)`");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  @ParameterizedTest
  @MethodSource("typed")
  void understandsWhatIsTyped(String line) {
    assertThatCode(() -> parse(line)).as("tacvault " + line).doesNotThrowAnyException();
  }

  /** Prose may leave out what a command needs, but names no command or option that is not there. */
  @ParameterizedTest
  @MethodSource("named")
  void knowsWhatIsNamed(String line) {
    try {
      parse(line);
    } catch (CommandLine.MissingParameterException incomplete) {
      assertThat(incomplete.getMissing()).as("tacvault " + line).isNotEmpty();
    } catch (CommandLine.ParameterException unknown) {
      throw new AssertionError("tacvault " + line, unknown);
    }
  }

  static List<String> typed() {
    return all(TYPED);
  }

  static List<String> named() {
    return all(NAMED);
  }

  private static void parse(String line) {
    Surroundings surroundings =
        CommandRun.surroundings(
            new ByteArrayOutputStream(), new ByteArrayOutputStream(), Terminal.NONE);
    List<String> arguments =
        WORD.matcher(line)
            .results()
            .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
            .filter(word -> !word.startsWith(">"))
            .toList();
    Commands.of(new Tacvault(surroundings)).parseArgs(arguments.toArray(String[]::new));
  }

  private static List<String> all(Pattern pattern) {
    return documents().stream()
        .flatMap(document -> pattern.matcher(text(document)).results())
        .map(found -> found.group(1))
        .distinct()
        .toList();
  }

  private static List<Path> documents() {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(top, docs).filter(file -> file.toString().endsWith(".md")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
