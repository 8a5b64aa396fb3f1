package io.sysmonflink.jobs.diff;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/**
 * Prints differences for programs, as one JSON object:
 *
 * <pre>
 * detection, same (a number), notes (sentences)
 * splunk          file, rows, ignored_columns
 * here            rows, info_min_time, info_max_time (null where there are no rows)
 * only_in_splunk  by-fields, count, firstTime, lastTime, line, known_differences
 * only_here       the same without line
 * different       by-fields as here, columns {NAME: {splunk, here, known_differences}}, line
 * </pre>
 *
 * <p>Values are whole, times in UTC; {@code known_differences} are codes of {@link
 * KnownDifference}.
 */
public final class DiffJson {

  // Values come from logs: no character that a terminal could act on.
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private final Differences differences;

  public DiffJson(Differences differences) {
    this.differences = differences;
  }

  /** Prints it. */
  public void print(PrintWriter out) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("detection", differences.detection());
    ObjectNode splunk = root.putObject("splunk");
    splunk.put("file", differences.export().file());
    splunk.put("rows", differences.export().rows().size());
    ArrayNode ignored = splunk.putArray("ignored_columns");
    differences.export().ignored().forEach(ignored::add);
    ObjectNode here = root.putObject("here");
    here.put("rows", differences.rowsHere());
    here.put("info_min_time", differences.earliest().map(Object::toString).orElse(null));
    here.put("info_max_time", differences.latest().map(Object::toString).orElse(null));
    ArrayNode notes = root.putArray("notes");
    differences.notes().forEach(notes::add);
    root.put("same", differences.same());
    unpaired(root.putArray("only_in_splunk"), differences.onlyInSplunk());
    unpaired(root.putArray("only_here"), differences.onlyHere());
    different(root.putArray("different"));
    out.println(JSON.writeValueAsString(root));
    out.flush();
  }

  private void unpaired(ArrayNode array, List<Differences.Unpaired> rows) {
    for (Differences.Unpaired unpaired : rows) {
      ResultRow row = unpaired.row();
      ObjectNode object = key(array, row.key());
      object.put("count", row.count());
      object.put("firstTime", row.firstTime().toString());
      object.put("lastTime", row.lastTime().toString());
      if (row.line() > 0) {
        object.put("line", row.line());
      }
      known(object, unpaired.known());
    }
  }

  private void different(ArrayNode array) {
    for (Differences.Different row : differences.different()) {
      ObjectNode object = key(array, row.pair().here().key());
      ObjectNode columns = object.putObject("columns");
      for (Differences.Change change : row.changes()) {
        ObjectNode column = columns.putObject(change.column());
        column.put("splunk", change.splunk()).put("here", change.here());
        known(column, change.known());
      }
      object.put("line", row.pair().splunk().line());
    }
  }

  private ObjectNode key(ArrayNode array, RowKey key) {
    ObjectNode object = array.addObject();
    for (int i = 0; i < differences.byFields().size(); i++) {
      object.put(differences.byFields().get(i), key.values().get(i));
    }
    return object;
  }

  private static void known(ObjectNode object, List<KnownDifference> known) {
    ArrayNode codes = object.putArray("known_differences");
    known.forEach(difference -> codes.add(difference.code()));
  }
}
