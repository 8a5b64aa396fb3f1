package io.sysmonflink.kafka;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a line for whoever runs the job, to standard error and to the log. */
final class Notice {

  private static final Logger LOG = LoggerFactory.getLogger(Notice.class);

  private Notice() {}

  @SuppressWarnings("SystemOut") // in a task there is no other way to standard error
  static void say(String text) {
    String line = printable(text);
    System.err.println("detect: " + line);
    LOG.warn("{}", line);
  }

  // A group or a transaction may be named so that it steers a terminal.
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
