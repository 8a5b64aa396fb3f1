package io.sysmonflink.decode.parse.json.shape;

import io.sysmonflink.decode.parse.json.JsonShape;
import io.sysmonflink.decode.parse.json.StrictJson;
import io.sysmonflink.decode.parse.xml.XmlEventParser;
import java.util.List;

/** All renderings of Windows events as JSON that are read. A new one has a line here. */
public final class JsonShapes {

  private JsonShapes() {}

  /**
   * The shapes in the order in which they are tried.
   *
   * @param json reads the JSON in a text of a record
   * @param xml reads the XML in one
   */
  public static List<JsonShape> all(StrictJson json, XmlEventParser xml) {
    EventDataReader eventData = new EventDataReader(json, xml);
    return List.of(
        new ElasticPipelineShape(eventData),
        new WinlogbeatShape(eventData),
        new CollectorShape(CollectorShape.Layout.VECTOR, eventData),
        new CollectorShape(CollectorShape.Layout.OTEL, eventData),
        new CollectorShape(CollectorShape.Layout.PROMTAIL, eventData),
        new Winlogbeat6Shape(eventData),
        new WazuhShape(eventData),
        new EventTreeShape(EventTreeShape.Layout.NAMED_DATA_LIST, eventData),
        new EventTreeShape(EventTreeShape.Layout.DATADOG, eventData),
        new EventTreeShape(EventTreeShape.Layout.EVTX_DUMP, eventData),
        new EventTreeShape(EventTreeShape.Layout.VELOCIRAPTOR, eventData),
        new SentinelShape(eventData, true),
        new SentinelShape(eventData, false),
        new FlatShape(FlatShape.Layout.FLUENT_BIT),
        new FlatShape(FlatShape.Layout.POWERSHELL),
        new FlatShape(FlatShape.Layout.NXLOG),
        new EvtxECmdShape(eventData));
  }
}
