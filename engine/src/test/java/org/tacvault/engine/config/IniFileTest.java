package org.tacvault.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

class IniFileTest {
  @TempDir Path directory;

  @Test
  void lowersKeysAndKeepsSectionNames() {
    IniFile file = parse("[Server]\nHost Name : x\n[server]\nPORT=49\n");

    assertThat(file.sections().keySet()).containsExactly("Server", "server");
    assertThat(file.get("Server", "host name")).contains(new IniValue("x", 2));
    assertThat(file.get("server", "port")).contains(new IniValue("49", 4));
    assertThat(file.get("server", "host name")).isEmpty();
  }

  @Test
  void keepsWhatLooksLikeAnInlineCommentAndQuotes() {
    IniFile file = parse("[a]\n  # comment\nx = \"p\" ; q # r\n");

    assertThat(text(file, "a", "x")).isEqualTo("\"p\" ; q # r");
  }

  @Test
  void joinsContinuationLinesAndDropsCommentsBetweenThem() {
    IniFile file = parse("[a]\nx = one\n  two\n  # gone\n\n   three = 3\n\ny =\n");

    assertThat(text(file, "a", "x")).isEqualTo("one\ntwo\n\nthree = 3");
    assertThat(text(file, "a", "y")).isEmpty();
  }

  @Test
  void inheritsFromDefaultWithInheritedKeysFirst() {
    IniFile file = parse("[a]\nx = 1\n[DEFAULT]\ny = 2\nx = 3\n[b]\n");

    assertThat(file.effective("a").keySet()).containsExactly("y", "x");
    assertThat(text(file, "a", "x")).isEqualTo("1");
    assertThat(text(file, "b", "x")).isEqualTo("3");
    assertThat(file.sections()).doesNotContainKey("DEFAULT");
    assertThat(file.get("absent", "x")).isEmpty();
  }

  @Test
  void reportsAllProblemsWithFileLineAndWhatIsAllowed() {
    InvalidConfigException failure =
        failure("early = 1\n[a]\nx = 1\nX = 2\nbare secret word\n= 3\n[b]\n[a]\nx = 4\nlost\n");

    assertThat(failure.problems())
        .extracting(ConfigProblem::where)
        .containsExactly("t.conf:1", "t.conf:4", "t.conf:5", "t.conf:6", "t.conf:8", "t.conf:10");
    assertThat(failure.problems().get(1).text())
        .isEqualTo(
            "t.conf:4: [a] x is there already; a key once in a section; the first is at line 3");
    assertThat(failure.problems().get(4).what()).isEqualTo("section [a] is there already");
    assertThat(failure.problems()).allSatisfy(p -> assertThat(p.allowed()).isNotBlank());
    assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID_CONFIG);
    assertThat(failure.hint()).isPresent();
    assertThat(failure).hasMessageStartingWith("read configuration t.conf: 6 problems:\n  - ");
  }

  @Test
  void neverQuotesALineThatCannotBeRead() {
    assertThat(failure("[a]\nmy secret passphrase\n")).hasMessageNotContaining("secret");
  }

  @Test
  void refusesAByteOrderMark() {
    assertThat(failure("\ufeff[a]\nx = 1\n").problems())
        .containsExactly(
            new ConfigProblem(
                "t.conf:1", "starts with a byte order mark", "save the file as UTF-8 without BOM"));
  }

  @Test
  void namesTheLineThatIsNotUtf8() throws Exception {
    Path file = directory.resolve("latin1.conf");
    Files.write(file, "[a]\r\nx = 1\ry = é\n".getBytes(StandardCharsets.ISO_8859_1));

    InvalidConfigException failure =
        catchThrowableOfType(InvalidConfigException.class, () -> IniFile.read(file));

    assertThat(failure.problems())
        .containsExactly(
            new ConfigProblem(file + ":3", "bytes that are not UTF-8", "save the file as UTF-8"));
  }

  @Test
  void refusesAFileThatCannotBeAConfiguration() throws Exception {
    Path file = directory.resolve("huge.conf");
    Files.write(file, new byte[IniFile.MAX_BYTES + 1]);

    EngineException huge = catchThrowableOfType(EngineException.class, () -> IniFile.read(file));
    EngineException absent =
        catchThrowableOfType(
            EngineException.class, () -> IniFile.read(directory.resolve("absent.conf")));

    assertThat(huge.kind()).isEqualTo(ErrorKind.INVALID_CONFIG);
    assertThat(absent.kind()).isEqualTo(ErrorKind.NOT_FOUND);
  }

  @Test
  void endsLinesOnlyWherePythonDoes() {
    assertThat(PythonText.lines("a\r\nb\rc\n\nd\u0085e\u2028f\u000bg"))
        .isEqualTo(List.of("a", "b", "c", "", "d\u0085e\u2028f\u000bg"));
    assertThat(PythonText.lines("")).isEmpty();
    assertThat(PythonText.lines("a\n")).containsExactly("a");
  }

  private static IniFile parse(String text) {
    return IniFile.parse(text, "t.conf");
  }

  private static String text(IniFile file, String section, String key) {
    return file.get(section, key).orElseThrow().text();
  }

  private static InvalidConfigException failure(String text) {
    return catchThrowableOfType(InvalidConfigException.class, () -> parse(text));
  }
}
