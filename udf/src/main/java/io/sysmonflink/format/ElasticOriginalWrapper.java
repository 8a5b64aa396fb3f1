package io.sysmonflink.format;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Elastic's documents that keep the event as it came: {@code event.original} is its XML, which
 * tells more than what the pipeline made of it.
 */
final class ElasticOriginalWrapper implements JsonWrapper {

  @Override
  public String name() {
    return "elastic_original";
  }

  @Override
  public boolean matches(JsonNode object) {
    return wrapped(object).asText().stripLeading().startsWith("<");
  }

  @Override
  public JsonNode wrapped(JsonNode object) {
    return object.path("event").path("original");
  }
}
