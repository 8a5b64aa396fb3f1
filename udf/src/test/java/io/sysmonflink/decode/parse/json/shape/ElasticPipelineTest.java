package io.sysmonflink.decode.parse.json.shape;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sysmonflink.decode.OneColumn;
import io.sysmonflink.decode.event.SysmonSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What Elastic's pipeline leaves of Sysmon's events, event by event: testdata/elastic_pipeline. */
class ElasticPipelineTest {

  @Test
  void everyFieldThatIsStillThereIsRead() throws IOException {
    Path folder = Path.of("../testdata/elastic_pipeline");
    List<String> events = Files.readAllLines(folder.resolve("events.ndjson"));
    List<String> expected = Files.readAllLines(folder.resolve("expected.jsonl"));
    assertThat(events).hasSameSizeAs(expected).hasSizeGreaterThan(5);
    ObjectMapper mapper = new ObjectMapper();
    for (int i = 0; i < events.size(); i++) {
      JsonNode fields = mapper.readTree(expected.get(i));
      JsonNode event = mapper.readTree(events.get(i));
      int id = event.path("winlog").path("event_id").asInt();
      Map<String, String> read = new TreeMap<>();
      Map<String, String> wanted = new TreeMap<>();
      for (String field : SysmonSchema.fields(id)) {
        read.put(field, OneColumn.of(events.get(i), field));
        wanted.put(field, fields.hasNonNull(field) ? fields.path(field).asText() : null);
      }
      assertThat(read).as("line %d, event %d", i + 1, id).isEqualTo(wanted);
    }
  }
}
