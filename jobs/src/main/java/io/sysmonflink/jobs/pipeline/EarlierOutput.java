package io.sysmonflink.jobs.pipeline;

import io.sysmonflink.jobs.catalog.SqlFile;
import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.kafka.OpenTransactions;
import io.sysmonflink.kafka.PartitionOffsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.kafka.common.KafkaException;

/** Makes what earlier runs wrote readable, by the very files that declare where it is written. */
final class EarlierOutput {

  /** Values of keys that matter only to who writes, and to none of what is kept for reading. */
  private static final Map<String, String> FOR_WRITING =
      Map.of("delivery", "at-least-once", "transactional_id_prefix", "none");

  private static final String CLIENT = "properties.";

  private final TableEnvironment env;
  private final SqlFileRunner runner;
  private final KafkaSettings kafka;
  private final Consumer<String> notes;

  /**
   * Takes what it is read with.
   *
   * @param notes takes what is not read, in a line each
   */
  EarlierOutput(
      TableEnvironment env, SqlFileRunner runner, KafkaSettings kafka, Consumer<String> notes) {
    this.env = env;
    this.runner = runner;
    this.kafka = kafka;
    this.notes = notes;
  }

  /**
   * Makes a view of a sink's name over all that was written, in all places.
   *
   * @param places for each place the values of the keys that the sink's file has, one at least
   * @param more a column, of type STRING, that the job adds to those declared; may be null
   */
  void view(SqlFile sink, List<Map<String, String>> places, String more) {
    List<String> queries = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      String name = sink.name() + "_" + i;
      Map<String, String> values = new HashMap<>(FOR_WRITING);
      values.putAll(places.get(i));
      ResolvedCatalogTable declared = runner.table(sink, sink.name(), values).getCatalogTable();
      Schema.Builder schema = Schema.newBuilder().fromResolvedSchema(declared.getResolvedSchema());
      if (more != null) {
        schema.column(more, "STRING");
      }
      Map<String, String> options = readable(kafka.sinkOptions(declared.getOptions()));
      TableDescriptor.Builder table =
          TableDescriptor.forConnector(options.get("connector")).schema(schema.build());
      options.forEach(table::option);
      env.createTemporaryTable(Sql.identifier(name), table.build());
      queries.add("SELECT * FROM " + Sql.identifier(name));
    }
    env.createTemporaryView(Sql.identifier(sink.name()), env.sqlQuery(Sql.unionAll(queries)));
  }

  // A compacted topic is read as what it holds, every version of a row that is still there.
  private Map<String, String> readable(Map<String, String> written) {
    Map<String, String> options = new HashMap<>(written);
    if (KafkaSettings.isKafka(written)) {
      options.put("connector", "kafka");
      options.keySet().removeIf(EarlierOutput::isForWriting);
      options.put("properties.isolation.level", "read_committed");
      options.put("scan.startup.mode", "earliest-offset");
      options.put("scan.bounded.mode", "specific-offsets");
      options.put("scan.bounded.specific-offsets", ends(options));
    }
    return options;
  }

  // A live job's transaction is nearly always open: who waits for the end of the topic waits for
  // it, and then for the next.
  private String ends(Map<String, String> options) {
    String topic = options.get("topic");
    Properties client = new Properties();
    options.forEach(
        (key, value) -> {
          if (key.startsWith(CLIENT)) {
            client.setProperty(key.substring(CLIENT.length()), value);
          }
        });
    try (PartitionOffsets offsets = new PartitionOffsets(client)) {
      PartitionOffsets.Ends ends = offsets.ends(topic);
      new OpenTransactions(offsets).describe(ends).forEach(notes);
      return ends.stable().entrySet().stream()
          .map(end -> Sql.text("partition:%d,offset:%d", end.getKey().partition(), end.getValue()))
          .collect(Collectors.joining(";"));
    } catch (KafkaException e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      throw new UserError(Sql.text("topic %s cannot be read: %s", topic, SqlErrors.text(why)), e);
    }
  }

  // The value holds the key's fields too.
  private static boolean isForWriting(String option) {
    return option.startsWith("sink.")
        || option.startsWith("key.")
        || option.equals("properties.transaction.timeout.ms");
  }
}
