package org.tacvault.engine.sample;

import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/**
 * How much of everything a sample home holds.
 *
 * @param users 1 to 10,000 people; five service accounts come on top
 * @param devices 1 to 50,000
 * @param accountingRows rows of {@code accounting_logs}, spread over 30 to 365 days
 * @param metricsRows one every five minutes
 * @param auditRows 0 or more
 */
public record SampleSize(
    int users, int devices, int accountingRows, int metricsRows, int auditRows) {
  /** What {@code tacvault demo} shows: about 15 MB. */
  public static final SampleSize DEMO = new SampleSize(36, 140, 50_000, 8_640, 1_500);

  /** For tests that need every table filled but not many rows. */
  public static final SampleSize SMALL = new SampleSize(8, 24, 300, 48, 40);

  public SampleSize {
    requireBetween("users", users, 1, 10_000);
    requireBetween("devices", devices, 1, 50_000);
    requireBetween("accounting rows", accountingRows, 0, Integer.MAX_VALUE);
    requireBetween("metrics rows", metricsRows, 0, 10_000_000);
    requireBetween("audit rows", auditRows, 0, 10_000_000);
  }

  /** The same with another number of accounting rows. */
  public SampleSize withAccountingRows(int rows) {
    return new SampleSize(users, devices, rows, metricsRows, auditRows);
  }

  private static void requireBetween(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new EngineException(
              ErrorKind.INVALID_INPUT, "size sample", what, value + " is not allowed")
          .withHint("choose " + least + " to " + most);
    }
  }
}
