package org.tacvault.engine.config;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tacvault.engine.secret.Secret;

/** Hides what is secret in URLs and connection texts; in doubt more than is secret. */
final class MaskedUrls {
  private static final String SCHEME = "([A-Za-z][A-Za-z0-9+.:-]*://)";

  /** Up to the last '@': a password that was not escaped may hold '/', ',' or '@' itself. */
  private static final Pattern USER_INFO = Pattern.compile(SCHEME + "\\S*@");

  private static final Pattern QUERY = Pattern.compile("([?&][^\\s=&]+=)[^\\s&#]+");
  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "(?i)((?:password|passwd|pwd|secret|token|accountkey|accesskey|sig)\\s*=\\s*)[^\\s;&]+");
  private static final Pattern HOST = Pattern.compile("(" + SCHEME + "[^/?#]*)(.*)");

  private MaskedUrls() {}

  /** Hides user, password, the values of queries and what is assigned to a password. */
  static String hide(String text) {
    String shown = ASSIGNMENT.matcher(text).replaceAll("$1" + Secret.MASK);
    if (!shown.contains("://")) {
      return shown;
    }
    shown = USER_INFO.matcher(shown).replaceAll("$1" + Secret.MASK + "@");
    return QUERY.matcher(shown).replaceAll("$1" + Secret.MASK);
  }

  /** Leaves only scheme and host of each URL: chat services put their token into the path. */
  static String hideTargets(String urls) {
    return Arrays.stream(urls.split("[,\\s]+"))
        .map(MaskedUrls::hideTarget)
        .collect(Collectors.joining(","));
  }

  private static String hideTarget(String url) {
    Matcher parts = HOST.matcher(hide(url));
    if (!parts.matches()) {
      return Secret.MASK;
    }
    return parts.group(1) + (parts.group(3).length() > 1 ? "/" + Secret.MASK : parts.group(3));
  }
}
