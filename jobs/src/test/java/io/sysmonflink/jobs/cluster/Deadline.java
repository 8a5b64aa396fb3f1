package io.sysmonflink.jobs.cluster;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what another process does. */
final class Deadline {

  private static final Duration PAUSE = Duration.ofMillis(100);

  private Deadline() {}

  /** Asks again and again; an exception counts as no, and is told if the time is over. */
  static void await(String what, Duration limit, Callable<Boolean> done) {
    long end = System.nanoTime() + limit.toNanos();
    Exception last = null;
    while (System.nanoTime() < end) {
      try {
        if (done.call()) {
          return;
        }
        last = null;
      } catch (Exception e) {
        last = e;
      }
      pause();
    }
    throw new AssertionError("not within " + limit.toSeconds() + " s: " + what, last);
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
