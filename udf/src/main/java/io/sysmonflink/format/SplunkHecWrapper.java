package io.sysmonflink.format;

import com.fasterxml.jackson.databind.JsonNode;

/** What Splunk's HTTP Event Collector takes: {@code event} is the record, a text or an object. */
final class SplunkHecWrapper implements JsonWrapper {

  @Override
  public String name() {
    return "splunk_hec";
  }

  @Override
  public boolean matches(JsonNode object) {
    return wrapped(object).isTextual() || wrapped(object).isObject();
  }

  @Override
  public JsonNode wrapped(JsonNode object) {
    return object.path("event");
  }
}
