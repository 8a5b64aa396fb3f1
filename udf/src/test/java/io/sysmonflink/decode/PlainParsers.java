package io.sysmonflink.decode;

import io.sysmonflink.decode.bytes.ValueCache;
import io.sysmonflink.decode.parse.FastPath;
import io.sysmonflink.decode.parse.json.JsonEventParser;
import io.sysmonflink.decode.parse.json.StrictJson;
import io.sysmonflink.decode.parse.json.shape.JsonShapes;
import io.sysmonflink.decode.parse.xml.XmlEventParser;

/** The parsers that read every record, with no fast path before them. */
public final class PlainParsers {

  private static final int MAX_RECORD_SIZE = 1 << 20;

  private PlainParsers() {}

  public static XmlEventParser xml() {
    return new XmlEventParser(new ValueCache(), FastPath.NONE);
  }

  public static JsonEventParser json() {
    StrictJson json = new StrictJson(MAX_RECORD_SIZE);
    XmlEventParser xml = xml();
    return new JsonEventParser(MAX_RECORD_SIZE, json, xml, JsonShapes.all(json, xml));
  }
}
