package io.sysmonflink.jobs.catalog;

import java.util.Locale;

/** What a risk score amounts to. */
public enum Severity {
  INFORMATIONAL(20),
  LOW(40),
  MEDIUM(60),
  HIGH(80),
  CRITICAL(100);

  private final int highestScore;

  Severity(int highestScore) {
    this.highestScore = highestScore;
  }

  /** The severity of a risk score from 0 to 100. */
  public static Severity of(int riskScore) {
    for (Severity severity : values()) {
      if (riskScore <= severity.highestScore) {
        return severity;
      }
    }
    throw new IllegalArgumentException("risk score " + riskScore + " is above 100");
  }

  /** The name as Splunk writes it, in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
