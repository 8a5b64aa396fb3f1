package io.sysmonflink.jobs.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sysmonflink.jobs.report.Printable;
import java.io.IOException;
import java.io.PrintStream;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;

/** Prints rows, what could steer a terminal made visible. */
record ConsoleSink(String name, SerializationSchema<RowData> json) implements Sink<RowData> {

  @Override
  public SinkWriter<RowData> createWriter(WriterInitContext context) throws IOException {
    try {
      json.open(context.asSerializationSchemaInitializationContext());
    } catch (Exception e) {
      throw new IOException("the format cannot be opened", e);
    }
    return new Writer(new PrintStream(System.out, true, UTF_8));
  }

  private final class Writer implements SinkWriter<RowData> {

    private final PrintStream out;

    Writer(PrintStream out) {
      this.out = out;
    }

    @Override
    public void write(RowData row, Context context) {
      if (row.getRowKind() == RowKind.DELETE || row.getRowKind() == RowKind.UPDATE_BEFORE) {
        return;
      }
      row.setRowKind(RowKind.INSERT);
      String line = new String(json.serialize(row), UTF_8);
      out.println("{\"" + name + "\": " + Printable.line(line) + "}");
    }

    @Override
    public void flush(boolean endOfInput) {
      out.flush();
    }

    @Override
    public void close() {
      out.flush();
    }
  }
}
