package io.sysmonflink.format;

import io.sysmonflink.decode.DecodingSettings;
import io.sysmonflink.decode.event.EventIds;
import io.sysmonflink.decode.event.TimeFrom;
import io.sysmonflink.decode.skip.Prefilter;
import java.util.HashSet;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.logical.RowType;

/** What a table says about the decoding of its records, wherever they come from. */
public final class SysmonFormatOptions {

  public static final ConfigOption<List<Integer>> EVENT_CODES =
      ConfigOptions.key("event-codes")
          .intType()
          .asList()
          .noDefaultValue()
          .withDescription(
              "The event ids that are wanted, separated by ';'. Records with another id are counted"
                  + " and dropped. Default: all.");

  public static final ConfigOption<TimeFrom> TIME_FROM =
      ConfigOptions.key("time-from")
          .enumType(TimeFrom.class)
          .defaultValue(TimeFrom.LOG)
          .withDescription(
              "Which time of an event is its _time: 'log', the one that its shape is best trusted"
                  + " for, or 'utc-time', Sysmon's own UtcTime in every shape.");

  public static final ConfigOption<String> PREFILTER =
      ConfigOptions.key("prefilter")
          .stringType()
          .defaultValue("")
          .withDescription(
              "What an event must be like for any query to select it, as JSON: [{\"EventCode\":"
                  + " [22], \"QueryName\": [\"*pastebin*\"]}, ...]. An event that meets none of the"
                  + " objects is decoded, counted and dropped. Default: every event passes.");

  public static final ConfigOption<MemorySize> MAX_RECORD_SIZE =
      ConfigOptions.key("max-record-size")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(1))
          .withDescription("A larger record is a dead letter, in pieces of this size.");

  public static final ConfigOption<Boolean> FAST_PATHS =
      ConfigOptions.key("fast-paths")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Whether records of the usual layouts are read straight from the bytes. With 'false'"
                  + " the plain parsers read all records: the rows are the same, and it takes"
                  + " longer.");

  private static final int LEAST_RECORD = 1024;
  private static final int LARGEST_RECORD = 512 * 1024 * 1024;

  private SysmonFormatOptions() {}

  /**
   * What the options say of the decoding, of all columns.
   *
   * @throws ValidationException if one of them is wrong
   */
  public static DecodingSettings decoding(RowType declared, ReadableConfig options) {
    return DecodingSettings.of(
            declared,
            eventIds(options),
            bytes(options, MAX_RECORD_SIZE, LEAST_RECORD),
            options.get(TIME_FROM))
        .with(prefilter(options))
        .withFastPaths(options.get(FAST_PATHS));
  }

  private static EventIds eventIds(ReadableConfig options) {
    List<Integer> codes = options.getOptional(EVENT_CODES).orElse(null);
    if (codes == null) {
      return EventIds.all();
    }
    try {
      return EventIds.of(new HashSet<>(codes));
    } catch (IllegalArgumentException e) {
      throw new ValidationException("option 'event-codes': " + e.getMessage(), e);
    }
  }

  private static Prefilter prefilter(ReadableConfig options) {
    try {
      return Prefilter.parse(options.get(PREFILTER));
    } catch (IllegalArgumentException e) {
      throw new ValidationException("option 'prefilter' " + e.getMessage(), e);
    }
  }

  /** An option that is a number of bytes which an array can hold, and at least so many. */
  public static int bytes(ReadableConfig options, ConfigOption<MemorySize> option, int least) {
    long bytes = options.get(option).getBytes();
    if (bytes < least || bytes > LARGEST_RECORD) {
      throw new ValidationException(
          "option '%s' is to be from %d to %d bytes, not %d"
              .formatted(option.key(), least, LARGEST_RECORD, bytes));
    }
    return (int) bytes;
  }
}
