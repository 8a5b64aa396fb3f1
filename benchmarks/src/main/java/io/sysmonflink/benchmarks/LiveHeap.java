package io.sysmonflink.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Java process holds on its heap right after a full collection.
 *
 * @param bytes of all objects of a class, by the class's name
 */
record LiveHeap(Map<String, Long> bytes) {
  /** For example {@code 12: 3456 78901 java.lang.String (java.base@17.0.1)}. */
  private static final Pattern CLASS =
      Pattern.compile("\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+).*");

  /** Collects all garbage of a process, which halts it for a moment, and counts what is left. */
  static LiveHeap of(long process) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process counting =
        new ProcessBuilder(jcmd, String.valueOf(process), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String answer = new String(counting.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, Long> bytes = new HashMap<>();
    answer
        .lines()
        .map(CLASS::matcher)
        .filter(Matcher::matches)
        .forEach(line -> bytes.merge(line.group(2), Long.valueOf(line.group(1)), Long::sum));
    if (counting.waitFor() != 0 || bytes.isEmpty()) {
      throw new IOException("jcmd says: " + answer);
    }
    return new LiveHeap(bytes);
  }

  long total() {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The classes that hold most more than in an earlier one, most first. */
  List<String> grownMostSince(LiveHeap earlier, int classes) {
    return bytes.keySet().stream()
        .sorted(Comparator.comparing((String name) -> growth(name, earlier)).reversed())
        .limit(classes)
        .toList();
  }

  /** By how many bytes a class has grown. */
  long growth(String name, LiveHeap earlier) {
    return bytes.getOrDefault(name, 0L) - earlier.bytes.getOrDefault(name, 0L);
  }
}
