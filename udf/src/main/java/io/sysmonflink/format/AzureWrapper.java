package io.sysmonflink.format;

import com.fasterxml.jackson.databind.JsonNode;

/** Azure's diagnostics of virtual machines: {@code properties.RawXml} is the event's XML. */
final class AzureWrapper implements JsonWrapper {

  @Override
  public String name() {
    return "azure";
  }

  @Override
  public boolean matches(JsonNode object) {
    return wrapped(object).isTextual();
  }

  @Override
  public JsonNode wrapped(JsonNode object) {
    return JsonShape.member(object.path("properties"), "RawXml");
  }
}
