package io.sysmonflink.benchmarks;

/** JSON objects, written piece by piece. */
final class Json {

  private Json() {}

  /** A member that is a text, with the comma before the next. */
  static StringBuilder text(StringBuilder json, String name, String value) {
    json.append('"').append(name).append("\":\"");
    escape(json, value);
    return json.append("\",");
  }

  static void escape(StringBuilder json, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        default -> json.append(c);
      }
    }
  }

  /** The event as the text that Windows shows: its title, then a line for each field. */
  static void message(StringBuilder json, SysmonEvent event, String newLine) {
    EventType type = event.type();
    json.append(type.title).append(':');
    for (int i = 0; i < type.fields.size(); i++) {
      json.append(newLine).append(type.fields.get(i)).append(": ");
      escape(json, event.values().get(i));
    }
  }

  /** The event's fields; one that is empty is left out, as both shippers do. */
  static void fields(StringBuilder json, SysmonEvent event) {
    EventType type = event.type();
    for (int i = 0; i < type.fields.size(); i++) {
      if (!event.values().get(i).isEmpty()) {
        text(json, type.fields.get(i), event.values().get(i));
      }
    }
  }

  /** Ends an object after its last member. */
  static StringBuilder end(StringBuilder json) {
    json.setLength(json.length() - 1);
    return json.append('}');
  }
}
