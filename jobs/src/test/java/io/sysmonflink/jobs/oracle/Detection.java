package io.sysmonflink.jobs.oracle;

import java.util.regex.Pattern;

/** The two searches, word for word from their SPL. */
public enum Detection {
  WINDOWS_ABUSED_WEB_SERVICES("windows_abused_web_services") {
    private final Pattern names =
        Wildcard.in(
            "*pastebin*", "*textbin*", "*ngrok.io*", "*discord*", "*duckdns.org*", "*pasteio.com*");

    @Override
    boolean matches(String queryName, String image) {
      return names.matcher(queryName).matches();
    }
  },

  SUSPICIOUS_PROCESS_DNS_QUERY_KNOWN_ABUSE_WEB_SERVICES(
      "suspicious_process_dns_query_known_abuse_web_services") {
    private final Pattern names =
        Wildcard.in("*pastebin*", "*discord*", "*api.telegram*", "*t.me*");
    private final Pattern processes =
        Wildcard.in("cmd.exe", "*powershell*", "pwsh.exe", "wscript.exe", "cscript.exe");
    private final Pattern images =
        Wildcard.in(
            "*\\users\\public\\*",
            "*\\programdata\\*",
            "*\\temp\\*",
            "*\\Windows\\Tasks\\*",
            "*\\appdata\\*",
            "*\\perflogs\\*");

    @Override
    boolean matches(String queryName, String image) {
      return names.matcher(queryName).matches()
          && (runs(image) || runs(ImagePath.normalised(image)));
    }

    // Asked of the path as logged and of the normalised one: normalising may only add matches.
    private boolean runs(String path) {
      return processes.matcher(ImagePath.processName(path)).matches()
          || images.matcher(path).matches();
    }
  };

  private final String fileName;

  Detection(String fileName) {
    this.fileName = fileName;
  }

  /** The name of its files and of its folder of results. */
  public String fileName() {
    return fileName;
  }

  /**
   * The part of the search between {@code EventCode=22} and {@code stats}; neither argument is
   * null.
   */
  abstract boolean matches(String queryName, String image);
}
