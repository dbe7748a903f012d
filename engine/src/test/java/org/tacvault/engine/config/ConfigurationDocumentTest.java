package org.tacvault.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/configuration.md} says of each key what the program does. After a change of the keys
 * {@code mvn -pl engine test -Dtest=ConfigurationDocumentTest -Ddocs.write} writes its tables.
 */
class ConfigurationDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/configuration.md");
  private static final String BEGIN = "<!-- begin: keys -->\n";
  private static final String END = "<!-- end: keys -->\n";

  @Test
  void tablesAreThoseOfTheKeys() throws IOException {
    String document = Files.readString(DOCUMENT);
    int begin = document.indexOf(BEGIN) + BEGIN.length();
    int end = document.indexOf(END);
    if (System.getProperty("docs.write") != null) {
      Files.writeString(
          DOCUMENT, document.substring(0, begin) + tables() + document.substring(end));
      return;
    }
    assertThat(document.substring(begin, end)).isEqualTo(tables());
  }

  @Test
  void everyKeyIsInTheTables() {
    assertThat(tables())
        .contains(BackupKeys.all().stream().map(key -> "`" + key.name() + "`").toList());
  }

  @Test
  void documentSaysWhatBecomesOfSecrets() throws IOException {
    assertThat(Files.readString(DOCUMENT))
        .contains("`tacacs.conf` itself is in every archive, in clear", "`export_secrets`");
  }

  private static String tables() {
    return "| key | default | allowed | environment variable | what it does |\n|---|---|---|---|---|\n"
        + rows(
            key -> key.support() == BackupKey.Support.USED,
            key ->
                "| `%s` | %s | %s | %s | %s |\n"
                    .formatted(
                        key.name(),
                        key.defaultValue().isEmpty() ? "(none)" : "`" + key.defaultValue() + "`",
                        key.allowed(),
                        variables(key),
                        key.explanation()))
        + "\nNot supported by this version, and refused when they are set:\n\n"
        + "| key | what it will do |\n|---|---|\n"
        + rows(
            key -> key.support() == BackupKey.Support.NOT_YET,
            key -> "| `%s` | %s |\n".formatted(key.name(), key.explanation()))
        + "\nAccepted because the Python server knows them, without effect there and here:\n\n"
        + "| key | environment variable | why |\n|---|---|---|\n"
        + rows(
            key -> key.support() == BackupKey.Support.WITHOUT_EFFECT,
            key -> "| `%s` | %s | %s |\n".formatted(key.name(), variables(key), key.explanation()));
  }

  private static String rows(Predicate<BackupKey<?>> which, Function<BackupKey<?>, String> row) {
    return BackupKeys.all().stream().filter(which).map(row).collect(Collectors.joining());
  }

  private static String variables(BackupKey<?> key) {
    return key.variables().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
  }
}
