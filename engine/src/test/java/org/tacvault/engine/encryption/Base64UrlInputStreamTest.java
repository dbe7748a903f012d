package org.tacvault.engine.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base64UrlInputStreamTest {
  private static final int BLOCK = 49_152;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, BLOCK - 2, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 300_000})
  void decodesEverySize(int size) throws IOException {
    byte[] text = Base64.getUrlEncoder().encode(Samples.content(size));
    assertThat(decode(text)).isEqualTo(Samples.content(size));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, BLOCK - 2, BLOCK - 1, 2 * BLOCK - 1})
  void refusesWhatFollowsPadding(int size) {
    byte[] text = Base64.getUrlEncoder().encode(Samples.content(size));
    byte[] longer = Arrays.copyOf(text, text.length + 4);
    Arrays.fill(longer, text.length, longer.length, (byte) 'A');
    assertThatThrownBy(() -> decode(longer)).isInstanceOf(MalformedArchiveException.class);
  }

  @Test
  void refusesWhatIsNotTheUrlAlphabetOrLacksPadding() {
    for (String text : new String[] {"ab+/", "ab c", "abcd\n", "ab", "abc", "ab=", "a", "===="}) {
      assertThatThrownBy(() -> decode(text.getBytes()))
          .as(text)
          .isInstanceOf(MalformedArchiveException.class);
    }
  }

  private static byte[] decode(byte[] text) throws IOException {
    return new Base64UrlInputStream(new ByteArrayInputStream(text)).readAllBytes();
  }
}
