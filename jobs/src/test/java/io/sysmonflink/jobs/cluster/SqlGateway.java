package io.sysmonflink.jobs.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A session of Flink's SQL gateway. */
final class SqlGateway {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final FlinkRest rest;
  private final String session;

  /** Opens a session with the gateway on a port, once it answers. */
  SqlGateway(int port) throws IOException, InterruptedException {
    rest = new FlinkRest(port);
    Deadline.await(
        "the SQL gateway answers", LIMIT, () -> rest.send("/v2/info", "GET", "") != null);
    JsonNode opened = rest.send("/v2/sessions", "POST", "{}");
    session = "/v2/sessions/" + opened.required("sessionHandle").textValue();
  }

  /** Runs a statement to its end, that of an INSERT until its job is submitted; tells its rows. */
  List<List<JsonNode>> execute(String statement) throws IOException, InterruptedException {
    String body = MAPPER.createObjectNode().put("statement", statement).toString();
    String operation =
        rest.send(session + "/statements", "POST", body).required("operationHandle").textValue();
    List<List<JsonNode>> rows = new ArrayList<>();
    String next = session + "/operations/" + operation + "/result/0?rowFormat=JSON";
    while (next != null) {
      JsonNode result = ready(next);
      for (JsonNode row : result.required("results").required("data")) {
        List<JsonNode> fields = new ArrayList<>();
        row.required("fields").forEach(fields::add);
        rows.add(fields);
      }
      JsonNode uri = result.get("nextResultUri");
      next = uri == null || uri.isNull() ? null : uri.textValue();
    }
    return rows;
  }

  private JsonNode ready(String path) {
    JsonNode[] result = new JsonNode[1];
    Deadline.await(
        path,
        LIMIT,
        () -> {
          result[0] = rest.send(path, "GET", "");
          return !result[0].required("resultType").textValue().equals("NOT_READY");
        });
    return result[0];
  }
}
