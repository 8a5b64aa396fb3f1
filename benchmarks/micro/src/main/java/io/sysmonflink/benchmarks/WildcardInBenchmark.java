package io.sysmonflink.benchmarks;

import io.sysmonflink.functions.WildcardIn;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.table.data.StringData;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** {@code WILDCARD_IN} with the patterns of a detection, called as generated code calls it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WildcardInBenchmark {

  private static final List<String> PATTERNS =
      List.of(
          "*pastebin*", "*textbin*", "*ngrok.io*", "*discord*", "*duckdns.org*", "*pasteio.com*");

  /** The log's own names are nearly all far from a hit; one is the same object each time. */
  @Param({"hits", "near misses", "log", "one"})
  public String names;

  private final StringData[] p =
      PATTERNS.stream().map(StringData::fromString).toArray(StringData[]::new);
  private WildcardIn function;
  private Values values;

  @Setup
  public void prepare() {
    WildcardIn unspecialized = new WildcardIn();
    function =
        (WildcardIn)
            unspecialized.specialize(new LiteralCall(unspecialized, PATTERNS).specialized());
    values =
        switch (names) {
          case "hits" ->
              Values.of(
                  List.of(
                      "pastebin.com",
                      "PasteBin.com",
                      "cdn.discordapp.com",
                      "0.tcp.eu.ngrok.io",
                      "win-update-svc.duckdns.org",
                      "textbin.net",
                      "pasteio.com"));
          case "near misses" ->
              Values.of(
                  List.of(
                      "paste-bin.com",
                      "pastebi.n.example.com",
                      "dis-cord.com",
                      "ngrok.com",
                      "duckdns.com",
                      "pasteio.co"));
          case "one" -> Values.one("QueryName");
          default -> Values.ownObjects("QueryName");
        };
  }

  @Benchmark
  public boolean wildcardIn() {
    return function.eval(values.next(), p[0], p[1], p[2], p[3], p[4], p[5]);
  }
}
