package io.sysmonflink.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.jobs.pipeline.KafkaSettings;
import java.util.List;
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
    assertThat(TopicCheck.warning(KafkaSettings.NONE)).isEmpty();
  }
}
