package io.sysmonflink.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputTopicTest {

  /** Each line: options, the topic's limit, and what key and value may have. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          value.format=bounded-json                                   | 1048588  |        | 1047552
          value.format=bounded-json                                   | 100000   |        | 98976
          format=bounded-json                                         | 100000   |        | 98976
          value.format=bounded-json properties.max.request.size=70000 | 100000   |        | 68976
          value.format=bounded-json properties.buffer.memory=70000    | 100000   |        | 68976
          value.format=bounded-json properties.max.request.size=9000000 | 5000000 |       | 4998976
          key.format=json value.format=bounded-json                   | 100000   |        | 98976
          key.format=bounded-json value.format=bounded-json           | 101024   | 25000  | 75000
          value.format=bounded-json value.bounded-json.max-bytes=5000 | 100000   |        | 5000
          value.format=json                                           | 100000   |        |
          """)
  void keyAndValueHaveRoomInAMessage(
      String options, int maxMessageBytes, String key, String value) {
    Map<String, String> bounded = topic(options).bounded(maxMessageBytes);

    assertThat(bounded.get("key.bounded-json.max-bytes")).isEqualTo(key);
    String prefix = options.startsWith("format") ? "" : "value.";
    assertThat(bounded.get(prefix + "bounded-json.max-bytes")).isEqualTo(value);
  }

  @Test
  void theShortestTransactionSaysHowLongAJobGoesOnWithoutACheckpoint() {
    OutputTopic none = topic("sink.delivery-guarantee=at-least-once");
    OutputTopic some =
        topic("sink.delivery-guarantee=exactly-once properties.transaction.timeout.ms=900000");
    OutputTopic shorter =
        topic("sink.delivery-guarantee=exactly-once properties.transaction.timeout.ms=20000");
    OutputTopic connectors = topic("sink.delivery-guarantee=exactly-once");

    assertThat(OutputTopic.withoutCheckpoint(List.of(none))).isEmpty();
    assertThat(OutputTopic.withoutCheckpoint(List.of(none, some))).hasValue(Duration.ofMinutes(14));
    assertThat(OutputTopic.withoutCheckpoint(List.of(shorter, some)))
        .hasValue(Duration.ofSeconds(15));
    assertThat(OutputTopic.withoutCheckpoint(List.of(connectors))).hasValue(Duration.ofMinutes(59));
  }

  private static OutputTopic topic(String options) {
    Map<String, String> all = new HashMap<>(Map.of("connector", "kafka", "topic", "t"));
    for (String option : options.split(" ", -1)) {
      all.put(option.substring(0, option.indexOf('=')), option.substring(option.indexOf('=') + 1));
    }
    return new OutputTopic("dead_letter", all);
  }
}
