package org.tacvault.engine.sample;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Somebody (or some program) who logs in to devices.
 *
 * @param address the host that they come from
 * @param robot a service account: logs in far more often
 */
record Person(
    String username,
    String description,
    String group,
    int privilege,
    String address,
    boolean robot) {
  private static final List<String> FIRST =
      List.of(
          "Aisha", "Bela", "Carmen", "Dario", "Elif", "Filip", "Greta", "Henrik", "Inka", "Jonas",
          "Kira", "Lars", "Mina", "Noor", "Olga", "Pavel", "Quirin", "Rosa", "Sami", "Tilda");
  private static final List<String> LAST =
      List.of(
          "Aalto",
          "Bakker",
          "Costa",
          "Dvorak",
          "Eder",
          "Ferreira",
          "Gruber",
          "Hansen",
          "Ito",
          "Jansen",
          "Keller",
          "Lund",
          "Meier",
          "Nowak",
          "Okafor",
          "Petrov",
          "Rahman",
          "Sousa",
          "Turing",
          "Visser");
  private static final List<String> ROBOTS =
      List.of("svc-backup", "svc-inventory", "svc-monitor", "svc-provision", "svc-compliance");

  /** {@code count} people with names of their own, then the service accounts. */
  static List<Person> invent(int count, Dice dice) {
    List<Person> people = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (int number = 0; number < count; number++) {
      people.add(human(number, taken, dice));
    }
    for (int number = 0; number < ROBOTS.size(); number++) {
      people.add(robot(ROBOTS.get(number), number));
    }
    return List.copyOf(people);
  }

  String groupsJson() {
    return "[\"" + group + "\"]";
  }

  private static Person human(int number, Set<String> taken, Dice dice) {
    Site site = dice.pick(Site.all());
    String first = dice.pick(FIRST);
    String last = dice.pick(LAST);
    String plain = (first + "." + last).toLowerCase(Locale.ROOT);
    String username = taken.add(plain) ? plain : plain + number;
    taken.add(username);
    int role = number % 10;
    String group =
        role < 3
            ? "netadmins"
            : role < 7 ? site.operationsGroup() : role < 9 ? "helpdesk" : "audit";
    int privilege = role < 3 ? 15 : role < 7 ? 7 : 1;
    String address = site.network() + "." + (200 + number / 250 % 50) + "." + (2 + number % 250);
    return new Person(
        username, first + " " + last + ", " + site.city(), group, privilege, address, false);
  }

  private static Person robot(String username, int number) {
    String address = Site.AMS.network() + ".250." + (11 + number);
    return new Person(
        username, "service account, logs in from " + address, "robots", 15, address, true);
  }
}
