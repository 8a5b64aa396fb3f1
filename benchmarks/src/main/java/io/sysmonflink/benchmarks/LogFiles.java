package io.sysmonflink.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.Map;

/**
 * The files of one log: the same events in every shape.
 *
 * @param size of the XML, in bytes; the other shapes hold as many events in more bytes
 */
record LogFiles(Path folder, SysmonLog.Kind kind, long size, long seed) {
  private static final int BUFFER = 1 << 20;

  Path file(Shape shape) {
    return folder.resolve(shape.fileName());
  }

  /** How many events each file holds. */
  long events() throws IOException {
    return Long.parseLong(Files.readString(count()).strip());
  }

  boolean written() {
    return Files.exists(count());
  }

  /** Written last: with it, the files are whole. */
  private Path count() {
    return folder.resolve("events");
  }

  void write() throws IOException {
    Files.createDirectories(folder);
    Files.deleteIfExists(count());
    Map<Shape, OutputStream> files = new EnumMap<>(Shape.class);
    try {
      for (Shape shape : Shape.values()) {
        files.put(shape, Files.newOutputStream(file(shape)));
      }
      Path unfinished = folder.resolve("events.unfinished");
      Files.writeString(unfinished, writeEvents(files) + "\n");
      Files.move(unfinished, count(), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      for (OutputStream file : files.values()) {
        file.close();
      }
    }
  }

  private long writeEvents(Map<Shape, OutputStream> files) throws IOException {
    SysmonLog log = new SysmonLog(kind, seed);
    Map<Shape, StringBuilder> texts = new EnumMap<>(Shape.class);
    files.keySet().forEach(shape -> texts.put(shape, new StringBuilder(BUFFER + BUFFER / 8)));
    StringBuilder xml = texts.get(Shape.WINDOWS_XML);
    long written = 0;
    long events = 0;
    while (written + xml.length() < size) {
      SysmonEvent event = log.next((double) (written + xml.length()) / size);
      texts.forEach(
          (shape, text) -> {
            shape.append(text, event);
            text.append('\n');
          });
      events++;
      for (Map.Entry<Shape, StringBuilder> text : texts.entrySet()) {
        if (text.getValue().length() >= BUFFER) {
          long bytes = flush(text.getValue(), files.get(text.getKey()));
          written += text.getKey() == Shape.WINDOWS_XML ? bytes : 0;
        }
      }
    }
    for (Map.Entry<Shape, StringBuilder> text : texts.entrySet()) {
      flush(text.getValue(), files.get(text.getKey()));
    }
    return events;
  }

  private static long flush(StringBuilder text, OutputStream file) throws IOException {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    file.write(bytes);
    text.setLength(0);
    return bytes.length;
  }
}
