package io.sysmonflink.jobs.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * All events of files in the shapes of testdata/shapes, whatever their names; shapes may be mixed.
 */
public final class EventFiles {
  private EventFiles() {}

  /** The events of every file in a folder and below. */
  public static List<WindowsEvent> readAll(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).flatMap(file -> read(file).stream()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<WindowsEvent> read(Path file) {
    List<WindowsEvent> events = new ArrayList<>();
    StringBuilder xml = new StringBuilder();
    for (String line : text(file).split("\n", -1)) {
      if (line.startsWith("{")) {
        events.add(JsonEvents.read(line));
      } else {
        xml.append(line).append('\n');
      }
    }
    events.addAll(XmlEvents.read(xml.toString()));
    return events;
  }

  private static String text(Path file) {
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
