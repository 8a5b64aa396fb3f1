package io.sysmonflink.benchmarks;

import io.sysmonflink.decode.RecordReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.table.data.RowData;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From bytes to rows, as the source of files reads them: an operation is an event, {@code
 * megabytes} a second is beside it. Each invocation begins as a part of a file does: with a new
 * reader, its buffer and its cache of values.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecoderBenchmark {

  @Param({"MIXED", "DNS"})
  public String log;

  @Param({"WINDOWS_XML", "WINLOGBEAT", "NXLOG"})
  public String shape;

  private byte[] bytes;
  private final List<RowData> rows = new ArrayList<>();

  /** Counted beside the operations. */
  @State(Scope.Thread)
  @AuxCounters
  public static class Read {
    public double megabytes;

    /** Of each iteration. */
    @Setup(Level.Iteration)
    public void clear() {
      megabytes = 0;
    }
  }

  @Setup
  public void generate() {
    bytes = EventLog.bytes(SysmonLog.Kind.valueOf(log), Shape.valueOf(shape));
  }

  @Benchmark
  @OperationsPerInvocation(EventLog.EVENTS)
  public long decode(Read read) throws IOException {
    long decoded = 0;
    try (RecordReader reader = EventLog.reader(bytes)) {
      while (reader.readBlock(rows)) {
        decoded += rows.size();
        rows.clear();
      }
    }
    read.megabytes += bytes.length / 1e6;
    return decoded;
  }
}
