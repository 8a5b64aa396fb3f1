package io.sysmonflink.decode;

import static java.util.Objects.requireNonNull;

import io.sysmonflink.decode.event.EventIds;
import io.sysmonflink.decode.event.TimeFrom;
import io.sysmonflink.decode.row.EventRows;
import io.sysmonflink.decode.skip.Prefilter;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.table.types.logical.RowType;

/**
 * What a table says about the reading of its records.
 *
 * @param declared all physical columns of the table
 * @param projection the indices of those that are produced, in the order of the produced row
 * @param eventIds the ids that are wanted; others are counted and dropped
 * @param maxRecordSize in bytes; a larger record is bad
 * @param timeFrom which of an event's times is its {@code _time}
 * @param prefilter events that it does not let pass are counted and dropped
 * @param fastPaths whether the usual layouts are read straight from the bytes, before the plain
 *     parsers are asked; rows and tallies are the same without
 */
public record DecodingSettings(
    RowType declared,
    List<Integer> projection,
    EventIds eventIds,
    int maxRecordSize,
    TimeFrom timeFrom,
    Prefilter prefilter,
    boolean fastPaths)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  public DecodingSettings {
    requireNonNull(declared, "declared is null");
    projection = List.copyOf(projection);
    requireNonNull(eventIds, "eventIds is null");
    requireNonNull(timeFrom, "timeFrom is null");
    requireNonNull(prefilter, "prefilter is null");
    EventRows.validate(declared);
    prefilter.validate(declared);
  }

  /** Of all columns, with every event that has a wanted id, and with the fast paths. */
  public static DecodingSettings of(
      RowType declared, EventIds eventIds, int maxRecordSize, TimeFrom timeFrom) {
    List<Integer> all = IntStream.range(0, declared.getFieldCount()).boxed().toList();
    return new DecodingSettings(
        declared, all, eventIds, maxRecordSize, timeFrom, Prefilter.none(), true);
  }

  /** The same with another projection. */
  public DecodingSettings project(List<Integer> columns) {
    return new DecodingSettings(
        declared, columns, eventIds, maxRecordSize, timeFrom, prefilter, fastPaths);
  }

  /** The same with another prefilter. */
  public DecodingSettings with(Prefilter other) {
    return new DecodingSettings(
        declared, projection, eventIds, maxRecordSize, timeFrom, other, fastPaths);
  }

  /** The same with or without the fast paths. */
  public DecodingSettings withFastPaths(boolean used) {
    return new DecodingSettings(
        declared, projection, eventIds, maxRecordSize, timeFrom, prefilter, used);
  }
}
