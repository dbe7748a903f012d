package org.tacvault.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandWordsTest {
  @Test
  void blanksSeparateWords() {
    assertThat(words("  systemctl\tstop \n tacacs "))
        .containsExactly("systemctl", "stop", "tacacs");
    assertThat(words("")).isEmpty();
    assertThat(words(" \n ")).isEmpty();
  }

  @Test
  void quotesKeepWordsTogetherAndCanBeEmpty() {
    assertThat(words("a 'b c' \"d e\" '' \"\" f'g h'i"))
        .containsExactly("a", "b c", "d e", "", "", "fg hi");
  }

  @Test
  void backslashesTakeTheMeaningOfWhatFollows() {
    assertThat(words("a\\ b \\\\ \\' \\\"")).containsExactly("a b", "\\", "'", "\"");
    assertThat(words("'a\\' \"\\\" \\\\ \\n\"")).containsExactly("a\\", "\" \\ \\n");
  }

  @Test
  void nothingElseMeansAnything() {
    assertThat(words("a $(b) `c` $D ~ * ; | & > # {1,2}"))
        .containsExactly("a", "$(b)", "`c`", "$D", "~", "*", ";", "|", "&", ">", "#", "{1,2}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'", "a 'b", "\"", "a \"b\\\"", "a\\", "'a\"", "it's"})
  void whatIsNotClosedIsNoCommand(String text) {
    assertThat(CommandWords.split(text)).isEmpty();
  }

  private static List<String> words(String text) {
    return CommandWords.split(text).orElseThrow();
  }
}
