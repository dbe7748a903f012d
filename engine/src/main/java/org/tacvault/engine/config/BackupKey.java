package org.tacvault.engine.config;

import java.util.List;
import java.util.Optional;

/** One key of {@code [backup]}: what it may hold, what it does and whether it does it yet. */
public final class BackupKey<T> {
  /** What becomes of the key. */
  public enum Support {
    /** It has the effect that its explanation names. */
    USED,
    /** Accepted because the Python server knows it, without effect there and here. */
    WITHOUT_EFFECT,
    /** Refused when it is set, rather than ignored. */
    NOT_YET
  }

  private final String name;
  private final String defaultValue;
  private final ValueType<T> type;
  private final Support support;
  private final String explanation;

  BackupKey(
      String name, String defaultValue, ValueType<T> type, Support support, String explanation) {
    this.name = name;
    this.defaultValue = defaultValue;
    this.type = type;
    this.support = support;
    this.explanation = explanation;
  }

  /** As written in the file, lower case. */
  public String name() {
    return name;
  }

  /** As it would be written in the file. */
  public String defaultValue() {
    return defaultValue;
  }

  /** What may be written, for a person. */
  public String allowed() {
    return type.allowed();
  }

  public Support support() {
    return support;
  }

  /** One sentence. */
  public String explanation() {
    return explanation;
  }

  /** The environment variables that stand for it, the first that is set wins. */
  public List<String> variables() {
    return Variable.of(BackupKeys.SECTION, name).names();
  }

  /** What is set, else the default. */
  String textIn(TacacsConfig config) {
    return config.value(BackupKeys.SECTION, name).map(ConfigValue::value).orElse(defaultValue);
  }

  /** The value; the default for a text that is not allowed. */
  T valueIn(TacacsConfig config) {
    return parse(textIn(config)).or(() -> parse(defaultValue)).orElseThrow();
  }

  Optional<T> parse(String text) {
    return type.parser().apply(text);
  }
}
