package io.sysmonflink.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Kubernetes objects, and knows what they may hold. */
final class Manifests {

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Pattern KEY = Pattern.compile("\\$\\{([A-Z_]+)}");
  private static final ObjectNode SCHEMAS = schemas();

  private Manifests() {}

  /** The documents of a file. */
  static List<JsonNode> objects(String yaml) throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
      documents.forEachRemaining(objects::add);
    }
    return objects.stream().filter(object -> !object.isNull()).toList();
  }

  /** What is wrong with an object, by the schema of its kind. */
  static List<Error> errors(JsonNode object) {
    String kind = object.required("kind").textValue();
    assertThat(SCHEMAS.required("$defs").has(kind)).as("a schema of " + kind).isTrue();
    ObjectNode schema = SCHEMAS.deepCopy().put("$ref", "#/$defs/" + kind);
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(schema)
        .validate(object);
  }

  static void assertFits(JsonNode object, String where) {
    assertThat(errors(object)).as("%s: %s", where, name(object)).isEmpty();
  }

  static String name(JsonNode object) {
    return object.required("kind").textValue() + " " + object.at("/metadata/name").asText();
  }

  /** The only container of a CronJob's pod. */
  static JsonNode container(JsonNode cronJob) {
    return cronJob.at("/spec/jobTemplate/spec/template/spec/containers/0");
  }

  /**
   * The run that a CronJob would create.
   *
   * @param template with a {@code ${KEY}} for each value of the environment
   */
  static JsonNode run(JsonNode cronJob, String template) throws IOException {
    String filled =
        KEY.matcher(template)
            .replaceAll(key -> Matcher.quoteReplacement(value(cronJob, key.group(1))));
    return objects(filled).get(0);
  }

  private static String value(JsonNode cronJob, String key) {
    for (JsonNode variable : container(cronJob).required("env")) {
      if (variable.required("name").textValue().equals(key)) {
        return variable.required("value").textValue();
      }
    }
    return switch (key) {
      case "NAME" -> "sysmon-backfill-20241125";
      case "TO" -> "2024-11-25T00:00:00Z";
      default -> throw new AssertionError("nothing gives ${" + key + "}");
    };
  }

  private static ObjectNode schemas() {
    try (InputStream in = Manifests.class.getResourceAsStream("manifests.schema.json")) {
      return (ObjectNode) new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
