package org.tacvault.engine.config;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Python's {@code os.path.expandvars}: {@code $NAME} and <code>${NAME}</code>; what is not set
 * stays as it is written.
 */
final class VariableExpansion {
  private static final Pattern REFERENCE = Pattern.compile("\\$(?:(\\w+)|\\{([^}]*)\\})");

  private VariableExpansion() {}

  static String expand(String text, Environment environment) {
    return REFERENCE
        .matcher(text)
        .replaceAll(
            found -> Matcher.quoteReplacement(environment.get(name(found)).orElse(found.group())));
  }

  private static String name(MatchResult found) {
    return found.group(1) == null ? found.group(2) : found.group(1);
  }
}
