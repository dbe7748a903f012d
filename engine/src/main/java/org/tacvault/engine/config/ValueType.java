package org.tacvault.engine.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the text of a value is read.
 *
 * @param allowed what a person may write
 * @param parser gives nothing for a text that is not allowed
 */
record ValueType<T>(String allowed, Function<String, Optional<T>> parser) {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?[0-9]{1,9}");
  private static final Pattern RATE = Pattern.compile("([0-9]{1,9})([KMGkmg]?)");
  private static final Pattern TIME_OF_DAY = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");
  private static final Pattern RECIPIENT = Pattern.compile("age1[ac-hj-np-z02-9]{58}");

  /** The words of Python's {@code getboolean}. */
  static ValueType<Boolean> flag() {
    return new ValueType<>(
        "true or false (also yes, no, on, off, 1, 0)",
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "1", "yes", "true", "on" -> Optional.of(true);
              case "0", "no", "false", "off" -> Optional.of(false);
              default -> Optional.empty();
            });
  }

  static ValueType<Integer> number(int least, int most) {
    return new ValueType<>(
        "a whole number from " + least + " to " + most,
        text ->
            Optional.of(PythonText.strip(text))
                .filter(digits -> WHOLE_NUMBER.matcher(digits).matches())
                .map(Integer::valueOf)
                .filter(number -> number >= least && number <= most));
  }

  /** Bytes per second; 0 means as fast as it goes. */
  static ValueType<Long> rate() {
    return new ValueType<>(
        "a whole number, alone or with K, M or G (powers of 1024), for example 20M; 0 for no limit",
        text ->
            Optional.of(RATE.matcher(PythonText.strip(text)))
                .filter(Matcher::matches)
                .map(rate -> Long.parseLong(rate.group(1)) << shift(rate.group(2))));
  }

  private static int shift(String unit) {
    return switch (unit.toUpperCase(Locale.ROOT)) {
      case "K" -> 10;
      case "M" -> 20;
      case "G" -> 30;
      default -> 0;
    };
  }

  static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
    List<E> constants = List.of(type.getEnumConstants());
    return new ValueType<>(
        constants.stream().map(ValueType::word).collect(Collectors.joining(" or ")),
        text ->
            constants.stream()
                .filter(constant -> word(constant).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst());
  }

  /** A minute of the day, or {@code off}. */
  static ValueType<Optional<LocalTime>> timeOfDay() {
    return new ValueType<>(
        "a time of the day in UTC, 00:00 to 23:59, or off",
        text ->
            text.equalsIgnoreCase("off")
                ? Optional.of(Optional.empty())
                : Optional.of(text)
                    .filter(time -> TIME_OF_DAY.matcher(time).matches())
                    .map(time -> Optional.of(LocalTime.parse(time))));
  }

  static ValueType<String> text() {
    return new ValueType<>("any text", Optional::of);
  }

  /** What is wrong with a command depends on other keys: {@link BackupConfigReader} tells. */
  static ValueType<String> command() {
    return new ValueType<>("a program with its arguments", Optional::of);
  }

  static ValueType<String> directory() {
    return new ValueType<>(
        "a directory; a relative one starts at the home",
        text -> Optional.of(text).filter(path -> !path.isBlank() && path(path).isPresent()));
  }

  static ValueType<List<Path>> absolutePaths() {
    return listOf(
        "absolute paths, separated by commas or lines",
        item -> path(item).filter(Path::isAbsolute).map(Path::normalize));
  }

  /** X25519 recipients of the age format; their checksum is for the encryption to check. */
  static ValueType<List<String>> recipients() {
    return listOf(
        "age public keys (age1...), separated by commas or lines",
        item -> Optional.of(item).filter(key -> RECIPIENT.matcher(key).matches()));
  }

  private static <T> ValueType<List<T>> listOf(
      String allowed, Function<String, Optional<T>> parser) {
    return new ValueType<>(
        allowed,
        text -> {
          List<Optional<T>> items =
              Arrays.stream(text.split("[,\n]"))
                  .map(PythonText::strip)
                  .filter(item -> !item.isEmpty())
                  .map(parser)
                  .toList();
          return items.stream().allMatch(Optional::isPresent)
              ? Optional.of(items.stream().map(Optional::orElseThrow).toList())
              : Optional.empty();
        });
  }

  private static Optional<Path> path(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
