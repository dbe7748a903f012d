package org.tacvault.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that was meant. */
final class Similar {
  private static final int MOST_MISTAKES = 2;

  private Similar() {}

  /** The known name that takes the fewest insertions, deletions and replacements, two at most. */
  static Optional<String> to(String given, Collection<String> known) {
    return known.stream()
        .filter(name -> name.length() > MOST_MISTAKES && distance(given, name) <= MOST_MISTAKES)
        .min(Comparator.comparingInt(name -> distance(given, name)));
  }

  /** Levenshtein's. */
  private static int distance(String first, String second) {
    int[] row = new int[second.length() + 1];
    for (int column = 0; column <= second.length(); column++) {
      row[column] = column;
    }
    for (int line = 1; line <= first.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column <= second.length(); column++) {
        int replace = first.charAt(line - 1) == second.charAt(column - 1) ? diagonal : diagonal + 1;
        diagonal = row[column];
        row[column] = Math.min(replace, 1 + Math.min(diagonal, row[column - 1]));
      }
    }
    return row[second.length()];
  }
}
