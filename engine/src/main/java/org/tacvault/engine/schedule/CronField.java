package org.tacvault.engine.schedule;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * One field of a cron expression that has been checked, as the set of its values.
 *
 * @param any whether it is {@code *}
 * @param step the n of {@code *}{@code /n}; 0 for everything else
 * @param values Sunday is 0
 */
record CronField(boolean any, int step, BitSet values) {
  static final int MINUTE = 0;
  static final int HOUR = 1;
  static final int DAY = 2;
  static final int MONTH = 3;
  static final int WEEKDAY = 4;
  static final int COUNT = 5;

  private static final int[] FIRST = {0, 0, 1, 1, 0};
  private static final int[] LAST = {59, 23, 31, 12, 6};
  private static final List<String> ALLOWED =
      List.of(
          "minute, 0 to 59",
          "hour, 0 to 23",
          "day of the month, 1 to 31",
          "month, 1 to 12 or jan to dec",
          "day of the week, 0 to 7 (0 and 7 are Sunday) or sun to sat");

  /** The fields of an expression whose names have become numbers. */
  static List<CronField> all(String numbers) {
    String[] words = numbers.split(" ");
    List<CronField> fields = new ArrayList<>();
    for (int place = 0; place < COUNT; place++) {
      fields.add(of(words[place], FIRST[place], LAST[place]));
    }
    return fields;
  }

  /** Why {@code word} cannot stand there. */
  static String allowed(int place, String word) {
    return "field %d is '%s'; it takes: %s; with *, lists 1,15, ranges 9-17 and steps */5"
        .formatted(place + 1, word, ALLOWED.get(place));
  }

  private static CronField of(String word, int first, int last) {
    BitSet values = new BitSet();
    for (String part : word.split(",")) {
      String[] rangeAndStep = part.split("/");
      int step = rangeAndStep.length == 1 ? 1 : Integer.parseInt(rangeAndStep[1]);
      String[] ends = rangeAndStep[0].split("-");
      boolean star = ends[0].equals("*");
      int from = star ? first : Integer.parseInt(ends[0]);
      int single = rangeAndStep.length == 1 ? from : last;
      int to = star ? last : ends.length == 1 ? single : Integer.parseInt(ends[1]);
      for (int value = from; value <= to; value += step) {
        values.set(last == LAST[WEEKDAY] ? value % 7 : value);
      }
    }
    int step = word.matches("\\*/[0-9]+") ? Integer.parseInt(word.substring(2)) : 0;
    return new CronField(word.equals("*"), step, values);
  }

  List<Integer> list() {
    return values.stream().boxed().toList();
  }
}
