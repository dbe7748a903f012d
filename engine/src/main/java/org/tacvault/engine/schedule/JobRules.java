package org.tacvault.engine.schedule;

/**
 * What holds for jobs that do not say otherwise.
 *
 * @param catchUp whether a missed run is made up for at start
 * @param retries how often a failed run is tried again
 */
public record JobRules(boolean catchUp, int retries) {
  /** While the configuration cannot be read. */
  public static final JobRules DEFAULT = new JobRules(true, 3);

  boolean catchesUp(Job job) {
    Boolean own = job.definition().catchUp();
    return own == null ? catchUp : own;
  }

  int retries(Job job) {
    Integer own = job.definition().retries();
    return own == null ? retries : own;
  }
}
