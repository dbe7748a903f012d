package org.tacvault.server.error;

import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/** What a status means, as the Python server writes it: {@code Not found}. */
final class Phrases {
  private Phrases() {}

  static String of(HttpStatusCode status) {
    HttpStatus known = HttpStatus.resolve(status.value());
    String phrase = known == null ? "Error " + status.value() : known.getReasonPhrase();
    return phrase.charAt(0) + phrase.substring(1).toLowerCase(Locale.ROOT);
  }
}
