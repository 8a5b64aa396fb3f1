package io.sysmonflink.format;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.table.types.logical.RowType;

/**
 * What a table says about the reading of its records.
 *
 * @param declared all physical columns of the table
 * @param projection the indices of those that are produced, in the order of the produced row
 * @param eventIds the ids that are wanted; others are counted and dropped
 * @param maxRecordSize in bytes; a larger record is bad
 * @param timeFrom which of an event's times is its {@code _time}
 */
public record DecodingSettings(
    RowType declared,
    List<Integer> projection,
    EventIds eventIds,
    int maxRecordSize,
    TimeFrom timeFrom)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  public DecodingSettings {
    requireNonNull(declared, "declared is null");
    projection = List.copyOf(projection);
    requireNonNull(eventIds, "eventIds is null");
    requireNonNull(timeFrom, "timeFrom is null");
    EventRows.validate(declared);
  }
}
