package io.sysmonflink.jobs.report;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import java.util.UUID;
import org.apache.flink.configuration.Configuration;

/**
 * Shows how far a run in this process has come: on a terminal as one line that is rewritten, else
 * as a line now and then.
 */
public final class Progress implements AutoCloseable {

  private static final Duration REWRITTEN = Duration.ofMillis(500);
  private static final Duration NOW_AND_THEN = Duration.ofSeconds(10);

  /** Back to the start of the line, and clear it. */
  private static final String REWRITE = "\r\u001B[K";

  /** Of this process's reporter: runs in one process come one after the other. */
  private static final String NAME = "progress-" + UUID.randomUUID();

  private final PrintWriter err;
  private final boolean terminal;
  private Timer timer;

  /**
   * @param terminal whether lines can be rewritten
   */
  public Progress(PrintWriter err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  /** What has Flink count, for this, what is read. */
  public Configuration configuration() {
    Configuration flink = new Configuration();
    BytesReadReporter.configure(flink, NAME);
    return flink;
  }

  /**
   * Shows the progress from now on, until closed.
   *
   * @param bytes how many bytes the job reads, as they are stored
   */
  public void start(long bytes) {
    long started = System.nanoTime();
    long period = (terminal ? REWRITTEN : NOW_AND_THEN).toMillis();
    timer = new Timer(NAME, true);
    timer.scheduleAtFixedRate(
        new TimerTask() {
          @Override
          public void run() {
            Duration elapsed = Duration.ofNanos(System.nanoTime() - started);
            show(line(BytesReadReporter.bytesRead(NAME), bytes, elapsed));
          }
        },
        period,
        period);
  }

  private void show(String line) {
    if (terminal) {
      err.print(REWRITE + line);
      err.flush();
    } else {
      err.println(line);
    }
  }

  /** As in {@code 42% of 3.20 GB read, 812 MB/s, 2 s left}. */
  static String line(long done, long all, Duration elapsed) {
    long percent = all == 0 ? 100 : Math.min(100, done * 100 / all);
    double seconds = Math.max(0.001, elapsed.toMillis() / 1000.0);
    double rate = done / seconds;
    String left =
        done >= all
            ? "finishing"
            : done == 0 ? "starting" : "%s left".formatted(time((long) ((all - done) / rate)));
    return "%d%% of %s read, %s/s, %s".formatted(percent, size(all), size((long) rate), left);
  }

  private static String time(long seconds) {
    return seconds < 120 ? seconds + " s" : seconds / 60 + " min";
  }

  private static String size(long bytes) {
    if (bytes < 1_000_000) {
      return "%,d kB".formatted((bytes + 999) / 1_000);
    }
    return bytes < 1_000_000_000
        ? "%,d MB".formatted(bytes / 1_000_000)
        : "%.2f GB".formatted(bytes / 1e9);
  }

  @Override
  public void close() {
    if (timer != null) {
      timer.cancel();
      if (terminal) {
        err.print(REWRITE);
        err.flush();
      }
    }
  }
}
