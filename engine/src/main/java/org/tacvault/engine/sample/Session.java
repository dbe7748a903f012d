package org.tacvault.engine.sample;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One login: a START record, a STOP record for each command, and a STOP for the shell. */
final class Session {
  private static final List<String> LOOKING =
      List.of(
          "show version",
          "show inventory",
          "show running-config",
          "show interfaces status",
          "show ip interface brief",
          "show ip bgp summary",
          "show ip ospf neighbor",
          "show processes cpu sorted 5min",
          "show lldp neighbors detail",
          "show vlan brief",
          "show spanning-tree summary",
          "show logging | include LINK-3-UPDOWN",
          "show ntp associations",
          "show environment all",
          "terminal length 0");
  private static final List<String> CHANGING =
      List.of(
          "configure terminal",
          "interface TenGigabitEthernet1/1/%d",
          "description uplink %d",
          "switchport access vlan %d",
          "switchport mode access",
          "no shutdown",
          "mtu 9%d",
          "router bgp 65%03d",
          "ip access-list extended ACL-%d",
          "end",
          "write memory",
          "copy running-config startup-config");

  private final Person person;
  private final Dice dice;
  private final int length;
  private final boolean changing;
  private final long sessionId;
  private final String port;
  private final int firstTask;
  private @Nullable Instant opened;

  Session(Person person, Dice dice) {
    this.person = person;
    this.dice = dice;
    length = person.robot() ? dice.between(3, 8) : dice.between(3, 25);
    changing = person.privilege() == 15 && dice.chance(0.3);
    sessionId = AccountingSample.sessionId(dice);
    port = "tty" + dice.between(1, 15);
    firstTask = dice.between(1, 9_000);
  }

  /** Records of this session. */
  int length() {
    return length;
  }

  /** The values of record {@code step}, from 0 on. */
  @Nullable Object[] row(int step, Instant time, boolean recent) {
    boolean start = step == 0;
    boolean stop = step == length - 1;
    if (opened == null) {
      opened = time;
    }
    long seconds = stop ? time.getEpochSecond() - opened.getEpochSecond() : 0;
    return new @Nullable Object[] {
      Times.isoMicros(time),
      person.username(),
      sessionId + step,
      start ? "START" : "STOP",
      "shell",
      start || stop ? "shell" : command(),
      person.address(),
      port,
      String.valueOf(stop ? opened.getEpochSecond() : time.getEpochSecond()),
      stop ? String.valueOf(time.getEpochSecond()) : null,
      stop ? dice.between(100, 4_000) : 0,
      stop ? dice.between(2_000, 400_000) : 0,
      seconds,
      person.privilege(),
      String.valueOf(firstTask + (stop ? 0 : step)),
      "UTC",
      recent ? 1 : 0
    };
  }

  private String command() {
    String command = dice.pick(changing ? CHANGING : LOOKING);
    return command.replaceFirst("%0?3?d", String.valueOf(dice.between(100, 480))) + " <cr>";
  }
}
