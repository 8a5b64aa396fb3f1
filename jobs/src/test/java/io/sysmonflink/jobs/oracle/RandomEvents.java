package io.sysmonflink.jobs.oracle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Events around the patterns: many fire, most of the others miss by one letter, one folder, one
 * field or one millisecond. The same seed gives the same events.
 *
 * <p>Left out because the contract is silent about them: blanks around a value, letters whose case
 * only Unicode folds, quotes other than {@code "}.
 */
final class RandomEvents {
  private static final String SYSMON = "Microsoft-Windows-Sysmon";
  private static final String SYSMON_CHANNEL = "Microsoft-Windows-Sysmon/Operational";
  private static final String TERMINAL = "Microsoft-Windows-TerminalServices-LocalSessionManager";
  private static final List<String> NAMES =
      List.of(
          "pastebin",
          "pastebin",
          "discord",
          "t.me",
          "api.telegram",
          "textbin",
          "ngrok.io",
          "discord",
          "duckdns.org",
          "pasteio.com",
          "api.telegram",
          "t.me",
          "internet.messenger.msn.com",
          "telegram.org",
          "www.example.com");
  private static final List<String> BEFORE =
      List.of("", "www.", "x", "_a-b.", "ü.", "a b.", "a\nb.");
  private static final List<String> AFTER =
      List.of("", ".", ".com", "x", ".example.com.", "%_?[*]", ".пример", "😀");
  private static final List<String> FOLDERS =
      List.of(
          "C:\\Windows\\System32\\",
          "C:\\Users\\Public\\",
          "C:\\Tools\\powershell\\",
          "c:\\programdata\\x\\",
          "C:\\Windows\\Temp\\",
          "D:\\Windows\\Tasks\\",
          "C:\\Users\\Zoë\\AppData\\Local\\",
          "C:\\PerfLogs\\",
          "C:\\Program Files\\R&D <1>\\",
          "\\\\files\\share\\temp\\",
          "C:\\mytemp\\",
          "C:\\Users\\PublicX\\",
          "C:\\Windows\\System32\\Tasks\\",
          "temp\\",
          "",
          "/tmp/",
          "/opt/temp/");
  private static final List<String> PROGRAMS =
      List.of(
          "cmd.exe",
          "powershell.exe",
          "my-powershell-host.exe",
          "pwsh.exe",
          "wscript.exe",
          "cscript.exe",
          "xcmd.exe",
          "cmd.exe.bak",
          "pwsh-preview.exe",
          "chrome.exe",
          "My Tool",
          "программа.exe",
          "");
  private static final List<String> ODD_IMAGES = List.of("-", "System", "<unknown process>");
  private static final List<String> STATUSES = List.of("0", "0", "9003", "9501", "-");
  private static final List<String> RESULTS =
      List.of(
          "-",
          "::ffff:203.0.113.7;",
          "type:  5 a.example.net;::ffff:203.0.113.7;",
          "type: 5 a.example.net;",
          "type:  16 v=1 & <b>\"x\"</b>;");
  private static final List<String> COMPUTERS =
      List.of("ws-017.example.com", "WS-017.example.com", "ws-018.example.test", "-");
  private static final List<Integer> OTHER_IDS = List.of(1, 2, 3, 23, 122, 220);

  private final Random random;
  private final Window window;

  RandomEvents(Random random, Window window) {
    this.random = random;
    this.window = window;
  }

  /** Events of about a third as many groups, in no order. */
  List<WindowsEvent> next(int count) {
    List<WindowsEvent> groups = new ArrayList<>();
    for (int i = 0; i < count / 3; i++) {
      groups.add(event());
    }
    List<WindowsEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(pick(groups).at(time()));
    }
    return events;
  }

  private WindowsEvent event() {
    Map<String, String> data = new HashMap<>();
    put(data, "QueryName", queryName());
    put(data, "Image", image());
    put(data, "QueryStatus", pick(STATUSES));
    put(data, "QueryResults", pick(RESULTS));
    put(data, "User", "CORP\\Zoë Müller");
    String provider = SYSMON;
    String channel = SYSMON_CHANNEL;
    switch (random.nextInt(24)) {
      case 0 -> provider = null;
      case 1 -> channel = null;
      case 2 -> {
        provider = TERMINAL;
        channel = TERMINAL + "/Operational";
      }
      case 3 -> provider = channel = null;
      case 4 -> {
        provider = "Linux-Sysmon";
        channel = "linux-sysmon/operational";
      }
      default -> {}
    }
    int eventId = one(12) ? pick(OTHER_IDS) : 22;
    String computer = one(30) ? null : pick(COMPUTERS);
    return new WindowsEvent(eventId, window.from(), provider, channel, computer, data);
  }

  /** One time in forty the field stays missing. */
  private void put(Map<String, String> data, String name, String value) {
    if (!one(40)) {
      data.put(name, value);
    }
  }

  private String queryName() {
    StringBuilder core = new StringBuilder(pick(NAMES));
    if (one(7)) {
      int at = random.nextInt(core.length());
      switch (random.nextInt(3)) {
        case 0 -> core.deleteCharAt(at);
        case 1 -> core.insert(at, pick(List.of("-", "_", "x", "*")));
        default -> core.setCharAt(at, pick(List.of('-', '_', '?', '%', '.', 'x')));
      }
    }
    return mixedCase(pick(BEFORE) + core + pick(AFTER));
  }

  private String image() {
    if (one(20)) {
      return pick(ODD_IMAGES);
    }
    String image = pick(FOLDERS) + pick(PROGRAMS);
    if (image.isEmpty()) {
      return "smss.exe";
    }
    if (one(5)) {
      image = image.replace('\\', '/');
    }
    if (one(6)) {
      image = image.replaceAll("(?<=\\w)([\\\\/])", one(2) ? "$1$1" : "$1$1$1");
    }
    if (one(8) && image.matches("[CcD]:.*")) {
      image = (one(2) ? "\\\\?\\" : "\\??\\") + image;
    }
    if (one(8)) {
      image = '"' + image + '"';
    }
    return mixedCase(image);
  }

  /** Mostly inside the window; often on its edge or a millisecond beside it. */
  private Instant time() {
    long length = Duration.between(window.from(), window.to()).toMillis();
    return switch (random.nextInt(16)) {
      case 0 -> window.from().plusMillis(random.nextInt(3) - 1L);
      case 1 -> window.to().plusMillis(random.nextInt(3) - 1L);
      case 2 -> window.from().minusMillis(random.nextInt(172_800_000));
      case 3 -> window.to().plusMillis(random.nextInt(172_800_000));
      default -> window.from().plusMillis((long) (random.nextDouble() * length));
    };
  }

  private String mixedCase(String text) {
    return switch (random.nextInt(6)) {
      case 0 -> text.toUpperCase(Locale.ROOT);
      case 1 -> text.toLowerCase(Locale.ROOT);
      default -> text;
    };
  }

  private boolean one(int in) {
    return random.nextInt(in) == 0;
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
