package io.sysmonflink.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** The measurements as a table in Markdown. */
final class Report {

  /**
   * All runs of one contender over one file.
   *
   * @param bytes the file's size
   */
  record Row(
      SysmonLog.Kind log,
      Shape shape,
      long bytes,
      long events,
      Contender contender,
      List<Measurement> runs) {

    double whole() {
      return median(run -> run.process().seconds());
    }

    double seconds() {
      return median(Measurement::seconds);
    }

    private double median(ToDoubleFunction<Measurement> figure) {
      double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
      int middle = sorted.length / 2;
      return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The most that any run took, in MB. */
    String peak() {
      return runs.stream()
          .mapToLong(run -> run.process().peakMemory().orElse(0))
          .filter(peak -> peak > 0)
          .max()
          .stream()
          .mapToObj(peak -> String.format(Locale.ROOT, "%,.0f", peak / 1e6))
          .findAny()
          .orElse("not measured");
    }

    /** Whether it is a peer's run that the other one is held against. */
    boolean isPeerOf(Row other) {
      return contender instanceof Contender.Peer
          && log == other.log
          && shape == other.shape
          && contender.threads() == other.contender.threads();
    }
  }

  private final List<Row> rows = new ArrayList<>();

  void add(Row row) {
    rows.add(row);
  }

  String markdown() {
    StringBuilder text =
        new StringBuilder(
            """
            | log | shape | | threads | whole process, s | best peer = 1 | steady state, s | best peer = 1 | MB/s | events/s | peak memory, MB |
            |---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|
            """);
    rows.forEach(row -> text.append(line(row)).append('\n'));
    return text.toString();
  }

  private String line(Row row) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %d | %.2f | %s | %.2f | %s | %,.0f | %,.0f | %s |",
        row.log(),
        row.shape(),
        row.contender().name(),
        row.contender().threads(),
        row.whole(),
        speed(row, Row::whole),
        row.seconds(),
        speed(row, Row::seconds),
        row.bytes() / 1e6 / row.seconds(),
        row.events() / row.seconds(),
        row.peak());
  }

  /** The best peer's time with as many threads by this one's: above 1 is faster than all peers. */
  private String speed(Row row, ToDoubleFunction<Row> time) {
    OptionalDouble best = rows.stream().filter(peer -> peer.isPeerOf(row)).mapToDouble(time).min();
    return best.isEmpty()
        ? ""
        : String.format(Locale.ROOT, "%.2f", best.getAsDouble() / time.applyAsDouble(row));
  }
}
