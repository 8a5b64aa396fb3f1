package io.sysmonflink.benchmarks;

import java.util.List;

/** One of the machines that log. */
record Host(int number, String computer, String user, String guidStart) {
  private static final List<String> USERS =
      List.of("a.meyer", "j.okafor", "r.silva", "zoë.brandt", "m.tanaka", "l.novak", "svc-backup");

  static Host of(int number) {
    boolean server = number % 10 == 9;
    return new Host(
        number,
        (server ? "srv-%03d" : "ws-%03d").formatted(number) + ".corp.example.com",
        USERS.get(number % USERS.size()),
        "{%08X-".formatted(0xA23E0000 + number));
  }

  String account() {
    return "CORP\\" + user;
  }

  /** A path of this host, where {@code %u} stands for its user. */
  String path(String pattern) {
    return pattern.replace("%u", user);
  }

  /** A process id that Sysmon made: the host, the time the process began, and a part by chance. */
  String processGuid(Dice dice) {
    return guidStart + dice.hex(4) + "-673A-" + dice.hex(4) + "-00000000" + dice.hex(2) + "00}";
  }
}
