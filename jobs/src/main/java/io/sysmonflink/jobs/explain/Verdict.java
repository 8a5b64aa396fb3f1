package io.sysmonflink.jobs.explain;

import java.util.List;
import java.util.Map;

/**
 * What a record makes of a condition.
 *
 * @param condition as people read it
 * @param result whether it holds; null where SQL says NULL or a single record cannot tell
 * @param values what was compared, by its SQL; null for a missing value
 * @param matching those of its patterns that match, if it has patterns
 * @param parts of what AND or OR joins
 */
record Verdict(
    String condition,
    Boolean result,
    Map<String, String> values,
    List<String> matching,
    List<Verdict> parts) {

  boolean holds() {
    return Boolean.TRUE.equals(result);
  }

  /** What AND, or else OR, makes of parts that may be NULL, as SQL has it. */
  static Boolean joined(boolean all, List<Verdict> parts) {
    if (parts.stream().anyMatch(part -> Boolean.valueOf(!all).equals(part.result))) {
      return !all;
    }
    return parts.stream().allMatch(Verdict::isDecided) ? all : null;
  }

  boolean isDecided() {
    return result != null;
  }
}
