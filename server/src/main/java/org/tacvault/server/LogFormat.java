package org.tacvault.server;

/** How the service writes its log. */
public enum LogFormat {
  /** A line for people. */
  PLAIN("tacvault-logback.xml"),
  /** A JSON object a line, with the fields of the Elastic Common Schema. */
  JSON("tacvault-logback-json.xml");

  private final String configuration;

  LogFormat(String configuration) {
    this.configuration = configuration;
  }

  String configuration() {
    return "classpath:" + configuration;
  }
}
