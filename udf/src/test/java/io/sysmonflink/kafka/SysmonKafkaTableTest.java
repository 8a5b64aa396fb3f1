package io.sysmonflink.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.ExplainDetail;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a table says, and what becomes of it without Kafka's classes. */
class SysmonKafkaTableTest {

  /** Each line: options over those of a right table, and the message. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          topic=                                          | one of the options 'topic' and 'topic-pattern' must be given
          topic-pattern=a.*                               | one of the options 'topic' and 'topic-pattern' must be given, and not both
          topic= topic-pattern=a(                         | option 'topic-pattern' a(: Unclosed group
          properties.bootstrap.servers=                   | properties.bootstrap.servers
          topics=a                                        | topics
          scan.startup.mode=sometimes                     | scan.startup.mode
          scan.startup.mode=timestamp                     | option 'scan.startup.timestamp-millis' is missing, which 'scan.startup.mode' = 'timestamp' asks for
          scan.startup.mode=timestamp scan.startup.timestamp-millis=-1 | option 'scan.startup.timestamp-millis' must be 0 or more, not -1
          scan.startup.mode=timestamp scan.startup.timestamp-millis=now | scan.startup.timestamp-millis
          scan.startup.mode=group-offsets                 | option 'properties.group.id' is missing, which 'scan.startup.mode' = 'group-offsets' asks for
          scan.startup.mode=                              | option 'properties.group.id' is missing, which 'scan.startup.mode' = 'group-offsets' asks for
          scan.startup.mode=group-offsets properties.group.id=g properties.auto.offset.reset=begin | option 'properties.auto.offset.reset' must be earliest, latest or none, not begin
          scan.startup.mode=specific-offsets              | option 'scan.startup.specific-offsets' is missing
          scan.startup.mode=specific-offsets scan.startup.specific-offsets=0:1 | option 'scan.startup.specific-offsets' must look like partition:0,offset:42;partition:1,offset:300, not 0:1
          scan.startup.mode=specific-offsets scan.startup.specific-offsets=partition:0,offset:1;partition:0,offset:2 | option 'scan.startup.specific-offsets' names partition 0 twice
          scan.startup.mode=specific-offsets scan.startup.specific-offsets=partition:0,offset:1 topic=a;b | option 'scan.startup.specific-offsets' goes with one topic
          scan.bounded.mode=timestamp                     | option 'scan.bounded.timestamp-millis' is missing, which 'scan.bounded.mode' = 'timestamp' asks for
          scan.bounded.mode=group-offsets                 | option 'properties.group.id' is missing, which 'scan.bounded.mode' = 'group-offsets' asks for
          scan.bounded.mode=specific-offsets scan.bounded.specific-offsets=partition:x,offset:1 | option 'scan.bounded.specific-offsets' must look like
          event-codes=22;70000                            | option 'event-codes': an event id is a number from 0 to 65535
          prefilter=[                                     | option 'prefilter'
          max-record-size=1b                              | option 'max-record-size' is to be from 1024 to
          time-from=never                                 | time-from
          sysmon.event-codes=22                           | sysmon.event-codes
          """)
  void aWrongOptionIsNamed(String options, String message) {
    assertThatThrownBy(() -> explain(options)).hasStackTraceContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          scan.startup.mode=latest-offset scan.topic-partition-discovery.interval=1min properties.client.rack=r
          scan.startup.mode=group-offsets properties.group.id=g
          scan.startup.mode=group-offsets properties.group.id=g properties.auto.offset.reset=Earliest
          scan.startup.mode=timestamp scan.startup.timestamp-millis=0
          scan.startup.mode=specific-offsets scan.startup.specific-offsets=partition:0,offset:42;partition:1,offset:300
          scan.bounded.mode=unbounded topic= topic-pattern=a.*
          scan.bounded.mode=latest-offset topic=a;b
          scan.bounded.mode=group-offsets properties.group.id=g
          scan.bounded.mode=timestamp scan.bounded.timestamp-millis=1
          scan.bounded.mode=specific-offsets scan.bounded.specific-offsets=partition:0,offset:42
          """)
  void everyModeIsPlanned(String options) {
    // How Flink names the source is of its version.
    assertThat(explain(options)).contains("\"pact\" : \"Data Source\"");
  }

  /** One filter for each detection would make one scan for each. */
  @Test
  void columnsArePushedDownAndFiltersAreNot() {
    assertThat(explain("topic=a"))
        .contains("TableSourceScan(")
        .contains("fields=[QueryName]")
        .doesNotContain("filter=[");
  }

  @Test
  void aColumnOfAnotherTypeIsNamed() {
    TableEnvironment env = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
    env.executeSql(
        """
        CREATE TEMPORARY TABLE t (QueryStatus INT) WITH ('connector' = 'sysmon-kafka', 'topic' = 'a',
        'properties.bootstrap.servers' = 'localhost:1', 'scan.startup.mode' = 'earliest-offset')""");
    assertThatThrownBy(() -> env.explainSql("SELECT * FROM t"))
        .hasStackTraceContaining("column QueryStatus is to be of type VARCHAR");
  }

  /** So that the jar may lie in any Flink's lib. */
  @Test
  void withoutKafkaOtherTablesAreMadeAndItsOwnSayWhatIsMissing() throws Exception {
    try (WithoutKafka loader = new WithoutKafka()) {
      DynamicTableSourceFactory files =
          FactoryUtil.discoverFactory(loader, DynamicTableSourceFactory.class, "sysmon-files");
      assertThat(files.createDynamicTableSource(context(Map.of("path", "/logs"), loader)))
          .isNotNull();
      DynamicTableSourceFactory kafka =
          FactoryUtil.discoverFactory(loader, DynamicTableSourceFactory.class, "sysmon-kafka");
      assertThat(kafka.getClass().getClassLoader()).isSameAs(loader);
      assertThatThrownBy(
              () -> kafka.createDynamicTableSource(context(Map.of("topic", "a"), loader)))
          .isInstanceOf(ValidationException.class)
          .hasMessage(
              "connector 'sysmon-kafka' needs flink-connector-kafka and kafka-clients beside it:"
                  + " there is no class org.apache.flink.connector.kafka.source.KafkaSource");
    }
  }

  private static FactoryUtil.DefaultDynamicTableContext context(
      Map<String, String> options, ClassLoader loader) {
    ResolvedSchema columns = ResolvedSchema.of(Column.physical("EventCode", DataTypes.INT()));
    Schema schema = Schema.newBuilder().fromResolvedSchema(columns).build();
    return new FactoryUtil.DefaultDynamicTableContext(
        ObjectIdentifier.of("catalog", "database", "events"),
        new ResolvedCatalogTable(
            CatalogTable.newBuilder().schema(schema).options(options).build(), columns),
        Map.of(),
        new Configuration(),
        loader,
        true);
  }

  /**
   * The plan of a query over a right table with these options changed; without a value, left out.
   */
  private static String explain(String changes) {
    Map<String, String> options =
        new TreeMap<>(
            Map.of(
                "connector", "sysmon-kafka",
                "topic", "a",
                "properties.bootstrap.servers", "localhost:1",
                "scan.startup.mode", "earliest-offset"));
    for (String change : changes.split(" ", -1)) {
      int equals = change.indexOf('=');
      options.put(change.substring(0, equals), change.substring(equals + 1));
    }
    StringBuilder with = new StringBuilder();
    options.forEach(
        (key, value) -> {
          if (!value.isEmpty()) {
            with.append(with.isEmpty() ? "" : ", ").append("'%s' = '%s'".formatted(key, value));
          }
        });
    TableEnvironment env = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
    env.executeSql(
        "CREATE TEMPORARY TABLE events (EventCode INT, QueryName STRING, Image STRING) WITH (%s)"
            .formatted(with));
    return env.explainSql(
        "SELECT QueryName FROM events WHERE QueryName LIKE 'x%'",
        ExplainDetail.JSON_EXECUTION_PLAN);
  }

  /** Loads the project's classes anew, and none of Kafka and its connector. */
  private static final class WithoutKafka extends URLClassLoader {

    WithoutKafka() {
      super(
          new URL[] {place(SysmonKafkaTableFactory.class)},
          SysmonKafkaTableTest.class.getClassLoader());
    }

    private static URL place(Class<?> type) {
      return type.getProtectionDomain().getCodeSource().getLocation();
    }

    /** What a jar that is not there says of its factories. */
    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      String absent = place(KafkaSource.class).getPath();
      return Collections.enumeration(
          Collections.list(super.getResources(name)).stream()
              .filter(url -> !url.getPath().contains(absent))
              .toList());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("org.apache.kafka.")
          || name.contains(".kafka.source.")
          || name.contains(".connectors.kafka.")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("io.sysmonflink.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }
  }
}
