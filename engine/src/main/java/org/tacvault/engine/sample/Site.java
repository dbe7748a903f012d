package org.tacvault.engine.sample;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The places of the made-up network; each owns one /16 and one operations group. */
enum Site {
  AMS("Amsterdam"),
  VIE("Vienna"),
  ZRH("Zurich"),
  CPH("Copenhagen"),
  LIS("Lisbon"),
  WAW("Warsaw");

  private static final int FIRST_OCTET = 32;

  private final String city;

  Site(String city) {
    this.city = city;
  }

  static List<Site> all() {
    return Arrays.asList(values());
  }

  /** Part of device and group names. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  String city() {
    return city;
  }

  /** {@code 10.x}, the first half of every address here. */
  String network() {
    return "10." + (FIRST_OCTET + ordinal());
  }

  String operationsGroup() {
    return "ops-" + code();
  }
}
