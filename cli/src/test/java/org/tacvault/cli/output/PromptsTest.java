package org.tacvault.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.secret.Secret;

class PromptsTest {
  @Test
  void passphraseIsWhatWasTyped() {
    Typist typist = new Typist("s3cret");
    char[] typed = typist.answers.peek();
    assertThat(new Prompts(typist).passphrase("archive")).isEqualTo(Secret.of("s3cret"));
    assertThat(typed).containsOnly('\0');
  }

  @Test
  void aNewPassphraseIsTypedTwice() {
    assertThat(new Prompts(new Typist("one", "one")).newPassphrase("archive"))
        .isEqualTo(Secret.of("one"));
    assertThatThrownBy(() -> new Prompts(new Typist("s3cret", "secr3t")).newPassphrase("archive"))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("differ")
        .hasMessageNotContainingAny("s3cret", "secr3t");
  }

  @Test
  void withoutATerminalTheHintNamesTheOption() {
    Prompts prompts = new Prompts(Keyboard.NOBODY);
    assertThat(prompts.canAsk()).isFalse();
    assertThatThrownBy(() -> prompts.passphrase("archive"))
        .isInstanceOfSatisfying(
            EngineException.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(ErrorKind.WRONG_KEY);
              assertThat(failure.hint())
                  .hasValueSatisfying(hint -> assertThat(hint).contains("--passphrase-file"));
            });
  }

  @ParameterizedTest
  @CsvSource({"yes, true", "' YES ', true", "y, false", "no, false", "'', false"})
  void onlyTheWordYesConfirms(String typed, boolean confirmed) {
    assertThat(new Prompts(new Typist(typed)).confirm("Replace all?")).isEqualTo(confirmed);
  }

  @Test
  void nobodyConfirmsNothing() {
    assertThat(new Prompts(Keyboard.NOBODY).confirm("Replace all?")).isFalse();
  }

  private static final class Typist implements Keyboard {
    private final Deque<char[]> answers = new ArrayDeque<>();

    Typist(String... answers) {
      List.of(answers).forEach(answer -> this.answers.add(answer.toCharArray()));
    }

    @Override
    public boolean isPresent() {
      return true;
    }

    @Override
    public Optional<String> line(String prompt) {
      return Optional.ofNullable(answers.poll()).map(String::valueOf);
    }

    @Override
    public Optional<char[]> secret(String prompt) {
      return Optional.ofNullable(answers.poll());
    }
  }
}
