package io.sysmonflink.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/**
 * Runs both detections over one file in a peer, in a process of its own; writes the rows and prints
 * the seconds of the search itself. The SQL lies in the resources, in a folder for each peer.
 */
abstract class PeerProgram implements Callable<Integer> {

  @Option(names = "--shape", required = true, description = "${COMPLETION-CANDIDATES}")
  private Shape shape;

  @Option(names = "--input", required = true, description = "The log.")
  private Path input;

  @Option(names = "--threads", defaultValue = "1", description = "(${DEFAULT-VALUE})")
  private int threads;

  @Option(names = "--output", required = true, description = "Where to write the rows, as CSV.")
  private Path output;

  /**
   * What a search found.
   *
   * @param seconds without the start of the engine, where that can be told apart
   */
  record Found(double seconds, List<ResultRow> rows) {}

  /** Starts the engine with so many threads and searches. */
  abstract Found search(int threads, Shape shape) throws Exception;

  @Override
  public Integer call() throws Exception {
    Found found = search(threads, shape);
    List<String> lines = new ArrayList<>();
    lines.add(ResultRow.header());
    found.rows().stream().map(ResultRow::csv).sorted().forEach(lines::add);
    Files.write(output, lines);
    System.out.printf("%.3f%n", found.seconds());
    return 0;
  }

  /** A statement, without a semicolon at its end, its keys filled in. */
  String sql(String peer, String name) throws IOException {
    String file = "/%s/%s.sql".formatted(peer, name);
    try (var stream = PeerProgram.class.getResourceAsStream(file)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .replace("${input}", input.toAbsolutePath().toString().replace("'", "''"))
          .replace("${from}", plain(SysmonLog.FROM.toString()))
          .replace("${to}", plain(SysmonLog.TO.toString()))
          .strip();
    }
  }

  /** As every SQL takes a timestamp, in UTC. */
  private static String plain(String instant) {
    return instant.replace('T', ' ').replace("Z", "");
  }
}
