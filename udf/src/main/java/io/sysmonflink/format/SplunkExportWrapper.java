package io.sysmonflink.format;

import com.fasterxml.jackson.databind.JsonNode;

/** A row of a Splunk search exported as JSON: {@code result._raw} is the record. */
final class SplunkExportWrapper implements JsonWrapper {

  @Override
  public String name() {
    return "splunk_export";
  }

  @Override
  public boolean matches(JsonNode object) {
    return wrapped(object).isTextual();
  }

  @Override
  public JsonNode wrapped(JsonNode object) {
    return object.path("result").path("_raw");
  }
}
