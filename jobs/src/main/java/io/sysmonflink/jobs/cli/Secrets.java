package io.sysmonflink.jobs.cli;

import java.util.regex.Pattern;

/** Keeps what may be secret out of messages. */
final class Secrets {

  // Flink's errors list a table's options, and it knows only some names of secrets; a private key,
  // ssl.keystore.key, is none of them.
  private static final Pattern CLIENT_PROPERTY =
      Pattern.compile(
          "'(properties\\.(?!bootstrap\\.servers'|group\\.id')[^'\\s]+)'='.*?'(?=\\s|$)",
          Pattern.DOTALL);

  private Secrets() {}

  /** The text without the values of properties of Kafka's client that stand in it as options. */
  static String hidden(String text) {
    return CLIENT_PROPERTY.matcher(text).replaceAll("'$1'='******'");
  }
}
