package io.sysmonflink.benchmarks;

import java.util.List;

/** A program or library file, with what Sysmon reads from it. */
record Program(
    String path,
    String version,
    String description,
    String product,
    String company,
    String hashes) {
  private static final String WINDOWS = "Microsoft® Windows® Operating System";
  private static final String MICROSOFT = "Microsoft Corporation";

  /** What runs on the hosts, and asks for none of the abused services. */
  static final List<Program> RUNNING =
      List.of(
          windows("C:\\Windows\\System32\\svchost.exe", "Host Process for Windows Services"),
          windows("C:\\Windows\\explorer.exe", "Windows Explorer"),
          windows("C:\\Windows\\System32\\lsass.exe", "Local Security Authority Process"),
          windows("C:\\Windows\\System32\\backgroundTaskHost.exe", "Background Task Host"),
          windows("C:\\Windows\\System32\\wbem\\WmiPrvSE.exe", "WMI Provider Host"),
          windows("C:\\Windows\\System32\\cmd.exe", "Windows Command Processor"),
          windows(
              "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe",
              "Windows PowerShell"),
          windows("C:\\Windows\\System32\\conhost.exe", "Console Window Host"),
          of(
              "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
              "Google Chrome",
              "Google LLC"),
          of(
              "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
              "Microsoft Edge",
              MICROSOFT),
          of(
              "C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE",
              "Microsoft Outlook",
              MICROSOFT),
          of(
              "C:\\Users\\%u\\AppData\\Local\\Microsoft\\Teams\\current\\Teams.exe",
              "Microsoft Teams", MICROSOFT),
          of(
              "C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.24090.11-0\\MsMpEng.exe",
              "Antimalware Service Executable",
              MICROSOFT),
          of(
              "C:\\Program Files\\Zabbix Agent & Tools\\zabbix_agentd.exe",
              "Zabbix Agent",
              "Zabbix SIA"));

  static final List<Program> LIBRARIES =
      List.of(
          windows("C:\\Windows\\System32\\ntdll.dll", "NT Layer DLL"),
          windows("C:\\Windows\\System32\\KernelBase.dll", "Windows NT BASE API Client DLL"),
          windows("C:\\Windows\\System32\\urlmon.dll", "OLE32 Extensions for Win32"),
          windows("C:\\Windows\\System32\\taskschd.dll", "Task Scheduler COM API"),
          windows("C:\\Windows\\System32\\samlib.dll", "SAM Library DLL"),
          windows("C:\\Windows\\System32\\wbem\\fastprox.dll", "WMI Custom Marshaller"),
          of(
              "C:\\Program Files\\Microsoft Office\\root\\Office16\\mso.dll",
              "Microsoft Office component",
              MICROSOFT));

  private static Program windows(String path, String description) {
    return of(path, description, WINDOWS, MICROSOFT);
  }

  private static Program of(String path, String product, String company) {
    return of(path, product, product, company);
  }

  private static Program of(String path, String description, String product, String company) {
    Dice dice = new Dice(path.hashCode());
    String hashes =
        "SHA1=%s,MD5=%s,SHA256=%s,IMPHASH=%s"
            .formatted(dice.hex(40), dice.hex(32), dice.hex(64), dice.hex(32));
    String version = "10.0.%d.%d".formatted(dice.between(19_000, 23_000), dice.below(5_000));
    return new Program(path, version, description, product, company, hashes);
  }

  String fileName() {
    return path.substring(path.lastIndexOf('\\') + 1);
  }
}
