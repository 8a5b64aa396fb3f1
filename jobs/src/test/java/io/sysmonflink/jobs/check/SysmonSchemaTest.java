package io.sysmonflink.jobs.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.decode.event.SysmonSchema;
import io.sysmonflink.jobs.catalog.SqlFile;
import io.sysmonflink.jobs.catalog.SqlFiles;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SysmonSchemaTest {

  @Test
  void everyEventIsThere() {
    assertThat(
            SysmonSchema.areKnown(
                Stream.concat(IntStream.rangeClosed(1, 29).boxed(), Stream.of(255)).toList()))
        .isTrue();
    assertThat(SysmonSchema.areKnown(List.of(1, 30))).isFalse();
    assertThat(SysmonSchema.having("QueryName")).containsExactly(22);
    assertThat(SysmonSchema.having("UtcTime")).hasSize(30);
  }

  @Test
  void theirFieldsAreTheColumnsOfEventData() {
    SqlFile schema = SqlFiles.bundled().find("schema/event_data.sql").orElseThrow();

    assertThat(
            Pattern.compile("(?m)^ +`?(\\w+)`? +STRING")
                .matcher(schema.text())
                .results()
                .map(column -> column.group(1))
                .collect(Collectors.toSet()))
        .isEqualTo(SysmonSchema.fields());
  }
}
