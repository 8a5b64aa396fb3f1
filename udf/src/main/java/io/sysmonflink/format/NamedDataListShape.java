package io.sysmonflink.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * {@code Event.EventData.Data} is a list of {@code {"Name": ..., "text": ...}} or {@code {"@Name":
 * ..., "#text": ...}}; one alone may stand without the list. An empty value has no text.
 */
final class NamedDataListShape extends EventTreeShape {

  @Override
  public String name() {
    return "named_data_list";
  }

  @Override
  boolean matchesData(JsonNode eventData) {
    JsonNode data = JsonShape.member(eventData, "Data");
    return data.isArray() || data.has("@Name") || (data.has("Name") && data.has("text"));
  }

  @Override
  void readData(JsonNode eventData, EventFields event) throws BadRecordException {
    JsonNode data = JsonShape.member(eventData, "Data");
    for (JsonNode element : data.isArray() ? data : List.of(data)) {
      String name = JsonShape.text(attribute(element, "Name"));
      if (name != null) {
        event.put(name, JsonShape.text(content(element)));
      }
    }
  }
}
