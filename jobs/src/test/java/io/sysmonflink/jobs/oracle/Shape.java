package io.sysmonflink.jobs.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** Writes events in each shape of testdata/shapes. */
enum Shape {
  WINDOWS_XML("events.xml", "", "\n", ""),
  WINDOWS_XML_MULTILINE("lines.xml", "evtxexport 20240504\n\n", "\n\n", ""),
  WINDOWS_XML_EVENTS_ROOT(
      "root.xml",
      "<?xml version=\"1.1\" encoding=\"utf-8\" standalone=\"yes\" ?>\n\n<Events>\n",
      "\n\n",
      "</Events>\n"),
  WINDOWS_XML_EXPORT_BOM_CRLF(
      "export.xml",
      "\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\r\n<Events>\r\n",
      "\r\n",
      "</Events>\r\n"),
  WINDOWS_XML_GZ("archive.xml.gz", "", "\n", ""),
  WINLOGBEAT("winlogbeat.ndjson", "", "\n", ""),
  NXLOG("nxlog.ndjson", "", "\n", ""),
  NXLOG_LOGSTASH("logstash.ndjson", "", "\n", ""),
  MIXED("mixed.log", "", "\n", "");

  private final String fileName;
  private final String before;
  private final String separator;
  private final String after;

  Shape(String fileName, String before, String separator, String after) {
    this.fileName = fileName;
    this.before = before;
    this.separator = separator;
    this.after = after;
  }

  /** Writes a file of each shape, every event into one of them. */
  static void writeInAll(Path folder, List<WindowsEvent> events, Random random) {
    int from = 0;
    int left = values().length;
    for (Shape shape : values()) {
      int to = from + (events.size() - from) / left--;
      shape.write(folder, events.subList(from, to), random);
      from = to;
    }
  }

  /** Writes one file; {@code random} chooses what the shape leaves open. */
  void write(Path folder, List<WindowsEvent> events, Random random) {
    String body =
        events.stream()
            .map(event -> text(event, random) + separator)
            .collect(Collectors.joining("", before, after));
    Path file = folder.resolve(fileName);
    try (OutputStream raw = Files.newOutputStream(file);
        OutputStream out = fileName.endsWith(".gz") ? new GZIPOutputStream(raw) : raw) {
      out.write(body.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String text(WindowsEvent event, Random random) {
    return switch (this) {
      case WINDOWS_XML, WINDOWS_XML_GZ -> XmlText.oneLine(event, random);
      case WINDOWS_XML_MULTILINE -> XmlText.manyLines(event, random);
      case WINDOWS_XML_EVENTS_ROOT -> XmlText.pythonEvtx(event, random);
      case WINDOWS_XML_EXPORT_BOM_CRLF -> XmlText.rendered(event, random);
      case WINLOGBEAT -> JsonText.winlogbeat(event, random);
      case NXLOG -> JsonText.nxlog(event, random);
      case NXLOG_LOGSTASH -> JsonText.nxlogThroughLogstash(event, random);
      case MIXED -> anyOneLine(event, random);
    };
  }

  /** One line in any of the shapes that collectors send. */
  static String anyOneLine(WindowsEvent event, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> XmlText.oneLine(event, random);
      case 1 -> JsonText.winlogbeat(event, random);
      case 2 -> JsonText.nxlog(event, random);
      default -> JsonText.nxlogThroughLogstash(event, random);
    };
  }
}
