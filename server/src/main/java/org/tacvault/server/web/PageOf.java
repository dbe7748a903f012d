package org.tacvault.server.web;

import java.util.List;
import java.util.function.Predicate;

/**
 * A part of a list.
 *
 * @param number from 1
 * @param count of pages, at least 1
 * @param total entries of all pages
 */
public record PageOf<T>(List<T> entries, int number, int count, long total) {
  /** How many entries a page has. */
  static final int SIZE = 25;

  /** The page of that number, or the nearest that there is. */
  static <T> PageOf<T> of(List<T> all, int number) {
    int page = nearest(number, all.size());
    int from = (page - 1) * SIZE;
    return new PageOf<>(
        List.copyOf(all.subList(from, Math.min(all.size(), from + SIZE))),
        page,
        pages(all.size()),
        all.size());
  }

  /** The nearest number to {@code number} that a page of {@code total} entries has. */
  static int nearest(int number, long total) {
    return Math.max(1, Math.min(number, pages(total)));
  }

  static int pages(long total) {
    return (int) Math.max(1, (total + SIZE - 1) / SIZE);
  }

  /** Whether an empty text, which means any, or the value itself was asked for. */
  static <T> Predicate<T> any(String wanted, Predicate<T> test) {
    return wanted.isBlank() ? all -> true : test;
  }
}
