package org.tacvault.cli.output;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Which of the three streams are a terminal. Java 17 cannot tell them apart, so the launcher says
 * it in the system property {@code tacvault.terminal}, such as {@code in,out,err}; without it none
 * is.
 *
 * @param color whether answers may be coloured: a terminal, no {@code NO_COLOR}, not a dumb one
 */
public record Terminal(boolean in, boolean out, boolean err, boolean color) {
  /** Pipes and files all around. */
  public static final Terminal NONE = new Terminal(false, false, false, false);

  private static final String PROPERTY = "tacvault.terminal";

  public static Terminal detect(Properties properties, Map<String, String> environment) {
    List<String> streams = Arrays.asList(properties.getProperty(PROPERTY, "").split(","));
    boolean out = streams.contains("out");
    boolean wanted =
        environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    return new Terminal(streams.contains("in"), out, streams.contains("err"), out && wanted);
  }
}
