package io.sysmonflink.jobs.diff;

import io.sysmonflink.jobs.catalog.Detection;
import java.util.regex.Pattern;

/**
 * What was searched for.
 *
 * @param detection the detection's name
 * @param matchesPaths whether its query matches patterns against normalised paths, or names in them
 */
record SearchedDetection(String detection, boolean matchesPaths) {

  private static final Pattern PATHS =
      Pattern.compile(
          "NORMALIZE_PATH|WILDCARD_IN\\s*\\(\\s*process_name", Pattern.CASE_INSENSITIVE);

  static SearchedDetection of(Detection detection) {
    return new SearchedDetection(detection.name(), PATHS.matcher(detection.query().text()).find());
  }
}
