package io.sysmonflink.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.pipeline.KafkaSettings;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopicCheckTest {

  private static final Set<String> THERE = Set.of("sysmon-eu", "other");

  @Test
  void aPatternHasToMatchAWholeName() {
    assertThat(TopicCheck.unmatched("sysmon-.*", THERE)).isEmpty();
    assertThat(TopicCheck.unmatched("sysmon", THERE))
        .hasValue(
            "--topic-pattern sysmon: matches none of the 2 topics that there are; waiting for one");
  }

  @Test
  void topicsThatAreNotThereAreNamed() {
    assertThat(TopicCheck.missing(List.of("other"), THERE)).isEmpty();
    assertThat(TopicCheck.missing(List.of("sysmon", "other", "Sysmon-eu"), THERE))
        .hasValue("--topic sysmon, Sysmon-eu: there is no such topic");
  }

  @Test
  void aRunWithoutKafkaIsNotChecked() throws InterruptedException {
    assertThat(warnings(KafkaSettings.NONE, true)).isEmpty();
  }

  @Test
  void brokersThatDoNotAnswerAreTold() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    assertThat(warnings(brokers("localhost:" + port), true))
        .singleElement()
        .asString()
        .startsWith("--brokers localhost:" + port + ": ")
        .endsWith("; the job goes on trying");
    assertThat(warnings(brokers("no-such-host.invalid:9092"), true))
        .containsExactly(
            "--brokers no-such-host.invalid:9092: No resolvable bootstrap urls given in"
                + " bootstrap.servers; the job goes on trying");
  }

  @Test
  void aClientThatCannotBeMadeIsAMistakeWhereTheJobHasTheSameFiles() throws Exception {
    KafkaSettings wrong =
        new KafkaSettings(
            Map.of("brokers", "localhost:9092", "topic", "sysmon"),
            Map.of("security.protocol", "SSL", "ssl.truststore.location", "no/such/file"),
            Optional.empty());
    assertThatThrownBy(() -> warnings(wrong, true))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("--brokers localhost:9092: ")
        .hasMessageContaining("no/such/file")
        .hasMessageEndingWith("; --kafka-properties says how to get in");
    assertThat(warnings(wrong, false))
        .singleElement()
        .asString()
        .endsWith("; the job goes on trying");
  }

  private static List<String> warnings(KafkaSettings kafka, boolean embedded)
      throws InterruptedException {
    return TopicCheck.of(kafka, List.of(), embedded).warnings();
  }

  private static KafkaSettings brokers(String brokers) {
    return new KafkaSettings(
        Map.of("brokers", brokers, "topic", "sysmon"),
        Map.of("default.api.timeout.ms", "500", "request.timeout.ms", "500"),
        Optional.empty());
  }
}
