package io.sysmonflink.benchmarks;

import java.util.List;

/**
 * What hosts ask DNS. Most of it is of no interest; some misses a detection by a letter, a folder
 * or an empty field; and some hits one or both.
 */
final class DnsQueries {

  /** A query of a program: what {@link EventType#DNS_QUERY} adds to the fields of all events. */
  record Query(String name, String status, String results, String image) {}

  private static final String POWERSHELL =
      "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe";
  private static final String CHROME = "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe";

  private static final List<String> NAMES =
      List.of(
          "dc01.corp.example.com",
          "intranet.corp.example.com",
          "mail.corp.example.com",
          "wpad.corp.example.com",
          "_ldap._tcp.dc._msdcs.corp.example.com",
          "outlook.office365.com",
          "login.microsoftonline.com",
          "settings-win.data.microsoft.com",
          "v10.events.data.microsoft.com",
          "ctldl.windowsupdate.com",
          "www.google.com",
          "clients4.google.com",
          "update.googleapis.com",
          "fonts.gstatic.com",
          "github.com",
          "registry.npmjs.org",
          "ocsp.digicert.com",
          "www.bing.com",
          "teams.events.data.microsoft.com",
          "WS-FILES-01");
  private static final List<String> SHARDS =
      List.of(".cdn.example.net", ".fna.example.org", ".blob.core.windows.net", ".cloudfront.net");

  /** Names and images that together hit one detection or both. */
  private static final List<Query> HITS =
      List.of(
          hit("pastebin.com", POWERSHELL),
          hit("PasteBin.com", "C:\\Windows\\SysWOW64\\cmd.exe"),
          hit("cdn.discordapp.com", "C:\\Windows\\System32\\wscript.exe"),
          hit("discord.com.", "C:\\Users\\%u\\AppData\\Local\\Discord\\app-1.0.9170\\Discord.exe"),
          hit("gateway.discord.gg", "C:\\Users\\%u\\AppData\\Local\\Temp\\update.exe"),
          hit("pastebin.com", CHROME),
          hit("0.tcp.eu.ngrok.io", "C:\\Program Files\\Build & Test\\ngrok.exe"),
          hit("win-update-svc.duckdns.org", "C:\\Users\\Public\\Libraries\\svchost32.exe"),
          hit("textbin.net", CHROME),
          hit("pasteio.com", "<unknown process>"),
          hit("api.telegram.org", "C:\\Program Files\\PowerShell\\7\\pwsh.exe"),
          hit("t.me", "C:\\ProgramData\\Intel\\gfx.exe"),
          hit("internet.messenger.msn.com", "C:\\Windows\\Tasks\\msgr.exe"));

  private static final List<Query> NEAR_MISSES =
      List.of(
          hit("paste-bin.com", POWERSHELL),
          hit("pastebi.n.example.com", POWERSHELL),
          hit("dis-cord.com", "C:\\Windows\\System32\\cmd.exe"),
          hit("ngrok.com", "C:\\Users\\%u\\AppData\\Local\\Temp\\update.exe"),
          hit("duckdns.com", "C:\\Users\\Public\\Libraries\\svchost32.exe"),
          hit("pasteio.co", "C:\\Windows\\System32\\cscript.exe"),
          hit("api-telegram.example.com", POWERSHELL),
          hit("t.me", CHROME),
          hit("api.telegram.org", "C:\\Users\\PublicX\\telegram.exe"),
          hit("t.me", "C:\\Windows\\System32\\Tasks\\msgr.exe"));

  private final Dice dice;
  private final int hitsInTenThousand;

  /**
   * @param hitsInTenThousand how many of ten thousand queries hit; twice as many just miss
   */
  DnsQueries(Dice dice, int hitsInTenThousand) {
    this.dice = dice;
    this.hitsInTenThousand = hitsInTenThousand;
  }

  Query next(Host host) {
    int kind = dice.below(10_000);
    if (kind < hitsInTenThousand) {
      // A host has few such programs, and these ask again and again.
      Query hit = HITS.get((host.number() + 4 * dice.below(3)) % HITS.size());
      return on(host, hit, dice.inTenThousand(1_000) ? "-" : null);
    }
    if (kind < 2 * hitsInTenThousand) {
      return on(host, dice.pick(NEAR_MISSES), null);
    }
    if (kind < 3 * hitsInTenThousand) {
      return on(host, dice.pick(HITS), ""); // stats drops a row that lacks a by-field
    }
    return ordinary(host);
  }

  private static Query hit(String name, String image) {
    return new Query(name, "0", address(name.length(), image.length()), image);
  }

  private static Query on(Host host, Query query, String results) {
    return new Query(
        query.name(),
        "-".equals(results) ? "9003" : query.status(),
        results == null ? query.results() : results,
        host.path(query.image()));
  }

  private Query ordinary(Host host) {
    String image = host.path(dice.pick(Program.RUNNING).path());
    String name = dice.pick(NAMES);
    if (dice.inTenThousand(3_000)) {
      name = "r" + dice.below(20) + "---sn-" + dice.hex(8) + dice.pick(SHARDS);
    }
    if (dice.inTenThousand(800)) {
      return new Query(name, dice.inTenThousand(5_000) ? "9003" : "9501", "-", image);
    }
    StringBuilder results = new StringBuilder();
    if (dice.inTenThousand(4_000)) {
      results.append("type:  5 ").append(name).append(".edgekey.example.net;");
    }
    for (int i = dice.between(1, 4); i > 0; i--) {
      results.append(address(dice.below(256), dice.below(256)));
    }
    return new Query(name, "0", results.toString(), image);
  }

  private static String address(int third, int fourth) {
    return "::ffff:198.51." + (third & 255) + "." + (fourth & 255) + ";";
  }
}
