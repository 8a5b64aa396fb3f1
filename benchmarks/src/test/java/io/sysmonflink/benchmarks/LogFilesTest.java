package io.sysmonflink.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class LogFilesTest {
  private static final long SIZE = 1 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void theSameSeedGivesTheSameBytes() throws IOException {
    LogFiles log = write("a", SysmonLog.Kind.MIXED, 22);
    LogFiles again = write("b", SysmonLog.Kind.MIXED, 22);
    LogFiles other = write("c", SysmonLog.Kind.MIXED, 23);
    for (Shape shape : Shape.values()) {
      assertThat(log.file(shape)).hasSameBinaryContentAs(again.file(shape));
      assertThat(Files.mismatch(log.file(shape), other.file(shape))).isNotNegative();
    }
  }

  @Test
  void everyShapeHoldsTheSameEvents() throws Exception {
    LogFiles log = write("a", SysmonLog.Kind.MIXED, 22);
    List<String> xml = Files.readAllLines(log.file(Shape.WINDOWS_XML));
    List<String> winlogbeat = Files.readAllLines(log.file(Shape.WINLOGBEAT));
    List<String> nxlog = Files.readAllLines(log.file(Shape.NXLOG));
    assertThat(xml).hasSize((int) log.events());
    assertThat(winlogbeat).hasSameSizeAs(xml);
    assertThat(nxlog).hasSameSizeAs(xml);
    DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    for (int i = 0; i < xml.size(); i++) {
      Document event = parser.parse(new InputSource(new StringReader(xml.get(i))));
      JsonNode winlog = JSON.readTree(winlogbeat.get(i)).path("winlog");
      JsonNode flat = JSON.readTree(nxlog.get(i));
      String id = event.getElementsByTagName("EventID").item(0).getTextContent();
      assertThat(winlog.path("event_id").asText()).isEqualTo(id);
      assertThat(flat.path("EventID").asText()).isEqualTo(id);
      NodeList data = event.getElementsByTagName("Data");
      for (int j = 0; j < data.getLength(); j++) {
        String name = ((Element) data.item(j)).getAttribute("Name");
        String value = data.item(j).getTextContent();
        assertThat(winlog.path("event_data").path(name).asText()).isEqualTo(value);
        assertThat(flat.path(name).asText()).isEqualTo(value);
      }
    }
  }

  @Test
  void whatAScanLooksForIsInTheEventsOfId22Only() throws IOException {
    for (SysmonLog.Kind kind : SysmonLog.Kind.values()) {
      LogFiles log = write(kind.toString(), kind, 22);
      long dns =
          Files.readAllLines(log.file(Shape.NXLOG)).stream()
              .filter(line -> line.contains("\"Category\":\"Dns query"))
              .count();
      assertThat(dns).isPositive();
      for (Shape shape : Shape.values()) {
        List<String> lines = Files.readAllLines(log.file(shape));
        assertThat(lines.stream().filter(line -> line.contains(shape.needle))).hasSize((int) dns);
      }
    }
  }

  private LogFiles write(String name, SysmonLog.Kind kind, long seed) throws IOException {
    LogFiles log = new LogFiles(folder.resolve(name), kind, SIZE, seed);
    log.write();
    return log;
  }
}
