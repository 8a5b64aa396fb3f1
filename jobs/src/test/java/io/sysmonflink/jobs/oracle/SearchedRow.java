package io.sysmonflink.jobs.oracle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A result row and the bounds of the search that made it. */
public record SearchedRow(DetectionRow row, Window window) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The row that a JSON object shows. */
  public static SearchedRow of(JsonNode json) {
    Instant from = Instant.parse(json.required("info_min_time").textValue());
    Instant to = Instant.parse(json.required("info_max_time").textValue());
    return new SearchedRow(DetectionRow.of(json), new Window(from, to));
  }

  /** What the row is known by. */
  public List<String> key() {
    return row.key();
  }

  /** The ids of the risk events that come of it: one for each day, with the host at risk. */
  public List<String> riskIds() {
    return row.activity().stream().map(day -> riskId(day.day().toString())).toList();
  }

  private String riskId(String day) {
    List<String> parts = new ArrayList<>(row.key());
    parts.add(day);
    parts.add(row.dest());
    try {
      byte[] json = MAPPER.writeValueAsString(parts).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
