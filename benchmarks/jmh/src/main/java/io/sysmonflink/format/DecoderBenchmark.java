package io.sysmonflink.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;
import org.openjdk.jmh.annotations.AuxCounters;
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
import org.openjdk.jmh.infra.Blackhole;

/** From a block of bytes to rows, the columns those that both detections read. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class DecoderBenchmark {

  private static final int BLOCK = 1 << 20;
  private static final StringData SOURCE = StringData.fromString("log");

  /** Where logs of both kinds lie, in every shape. */
  @Param("")
  public String logs;

  @Param({"mixed", "dns"})
  public String log;

  @Param({"windows_xml.xml", "winlogbeat.ndjson", "nxlog.ndjson"})
  public String shape;

  private byte[] block;
  private RecordDecoder decoder;

  /** What is counted besides blocks. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Counts {
    public long records;
    public long decoded;
  }

  /** Reads the first block of the log. */
  @Setup
  public void read() throws IOException {
    try (var in = Files.newInputStream(Path.of(logs, log, shape))) {
      block = in.readNBytes(BLOCK);
    }
    RowType type =
        (RowType)
            DataTypes.ROW(
                    DataTypes.FIELD("EventCode", DataTypes.INT()),
                    DataTypes.FIELD("_time", DataTypes.TIMESTAMP_LTZ(3)),
                    DataTypes.FIELD("Computer", DataTypes.STRING()),
                    DataTypes.FIELD("Channel", DataTypes.STRING()),
                    DataTypes.FIELD("Provider", DataTypes.STRING()),
                    DataTypes.FIELD("source", DataTypes.STRING()),
                    DataTypes.FIELD("position", DataTypes.BIGINT()),
                    DataTypes.FIELD("error_type", DataTypes.STRING()),
                    DataTypes.FIELD("error_message", DataTypes.STRING()),
                    DataTypes.FIELD("raw_payload", DataTypes.BYTES()),
                    DataTypes.FIELD("Image", DataTypes.STRING()),
                    DataTypes.FIELD("QueryName", DataTypes.STRING()),
                    DataTypes.FIELD("QueryStatus", DataTypes.STRING()),
                    DataTypes.FIELD("QueryResults", DataTypes.STRING()))
                .getLogicalType();
    decoder =
        new RecordDecoder(
            new DecodingSettings(
                type,
                IntStream.range(0, type.getFieldCount()).boxed().toList(),
                EventIds.of(Set.of(22)),
                BLOCK,
                TimeFrom.LOG),
            System::currentTimeMillis);
  }

  @Benchmark
  public void decode(Counts counts, Blackhole rows) {
    ScanTally tally = decoder.tally();
    long records = tally.records();
    long decoded = tally.decoded();
    decoder.startRun();
    decoder.decode(block, block.length, false, SOURCE, 0, rows::consume);
    counts.records += tally.records() - records;
    counts.decoded += tally.decoded() - decoded;
  }
}
