package io.sysmonflink.jobs.catalog;

/**
 * A detection: its pair of files and the site's filter over it.
 *
 * @param metadataFile {@code detections/NAME.yml}
 * @param query {@code detections/NAME.sql}; NAME is the detection's name wherever a name is asked
 *     for
 * @param filter {@code filters/NAME_filter.sql}, or one that passes everything
 */
public record Detection(
    DetectionMetadata metadata, SqlFile metadataFile, SqlFile query, SqlFile filter) {

  /** What the files are called. */
  public String name() {
    return query.name();
  }

  public Severity severity() {
    return Severity.of(metadata.tags().riskScore());
  }
}
