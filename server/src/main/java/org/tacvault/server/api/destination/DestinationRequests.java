package org.tacvault.server.api.destination;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bodies of requests on destinations. */
final class DestinationRequests {
  private static final int MOST_DAYS = 3_650;

  private DestinationRequests() {}

  /**
   * A destination to add.
   *
   * @param type local, ftp, ..., upper or lower case
   * @param config the keys of that type
   * @param retentionDays what {@code [backup] default_retention_*} says when absent
   */
  record New(
      @NotNull String name,
      @NotNull String type,
      @NotNull Map<String, Object> config,
      @Min(1) @Max(MOST_DAYS) @Nullable Integer retentionDays) {}

  /**
   * What is to change; the rest stays.
   *
   * @param config replaces the whole configuration; a mask in it keeps the secret that is stored
   * @param retentionDays also becomes the rule, when that is a number of days
   * @param unknown what else was sent
   */
  record Change(
      @Nullable String name,
      @Nullable String type,
      @Nullable Boolean enabled,
      @Nullable Map<String, Object> config,
      @Min(1) @Max(MOST_DAYS) @Nullable Integer retentionDays,
      @JsonAnySetter @Nullable Map<String, Object> unknown) {}

  /**
   * A configuration to try out, which need not be stored.
   *
   * @param destinationId whose secrets the masks in it stand for
   */
  record Trial(
      @NotNull String type, @NotNull Map<String, Object> config, @Nullable String destinationId) {}

  /**
   * A retention rule; what is absent is not stored.
   *
   * @param strategy simple, gfs or hanoi
   */
  record Rule(
      @NotNull String strategy,
      @Nullable Integer keepDaily,
      @Nullable Integer keepWeekly,
      @Nullable Integer keepMonthly,
      @Nullable Integer keepYearly,
      @Nullable Integer keepCount,
      @Nullable Integer keepDays) {}
}
