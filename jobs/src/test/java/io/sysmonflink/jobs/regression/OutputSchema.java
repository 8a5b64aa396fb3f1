package io.sysmonflink.jobs.regression;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * What docs/schemas says of an output.
 *
 * @param json the schema as it stands in its file
 */
public record OutputSchema(JsonNode json, Schema schema) {

  /** The schema of an output by its name, such as {@code risk_events}. */
  public static OutputSchema of(String output) throws IOException {
    Path file = TestData.ofProject("docs/schemas").resolve(output + ".schema.json");
    JsonNode json = new ObjectMapper().readTree(Files.readString(file));
    SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    return new OutputSchema(json, registry.getSchema(json));
  }

  /** What is wrong with a value. */
  List<String> errors(JsonNode value) {
    return schema
        .validate(
            value,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(Error::toString)
        .toList();
  }

  /** Fails unless there are values, and all are as the schema says. */
  public void assertFits(Collection<JsonNode> values) {
    assertThat(values).isNotEmpty().allSatisfy(value -> assertThat(errors(value)).isEmpty());
  }
}
