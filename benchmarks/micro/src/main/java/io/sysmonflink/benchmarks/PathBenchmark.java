package io.sysmonflink.benchmarks;

import io.sysmonflink.functions.NormalizePath;
import io.sysmonflink.functions.ProcessName;
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

/** The functions of paths, on the dns log's Image. They keep what they said of the last object. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PathBenchmark {

  /** Own objects never are the last one, one always is, and as read they are by chance. */
  @Param({"own objects", "as read", "one"})
  public String images;

  private final NormalizePath normalizePath = new NormalizePath();
  private final ProcessName processName = new ProcessName();
  private Values values;

  @Setup
  public void read() {
    values =
        switch (images) {
          case "one" -> Values.one("Image");
          case "as read" -> Values.asRead("Image");
          default -> Values.ownObjects("Image");
        };
  }

  @Benchmark
  public StringData normalizePath() {
    return normalizePath.eval(values.next());
  }

  @Benchmark
  public StringData processName() {
    return processName.eval(values.next());
  }
}
