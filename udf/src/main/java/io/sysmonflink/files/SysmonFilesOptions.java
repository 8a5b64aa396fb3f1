package io.sysmonflink.files;

import io.sysmonflink.format.TimeFrom;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** The options of a {@code sysmon-files} table. */
public final class SysmonFilesOptions {

  public static final ConfigOption<List<String>> PATH =
      ConfigOptions.key("path")
          .stringType()
          .asList()
          .noDefaultValue()
          .withDescription(
              "Files and folders, separated by ';'. Folders are searched in depth; names that begin"
                  + " with '.' or '_' are left out. Any file system that Flink knows; an entry with"
                  + " a scheme is a URI, in which '%3B' is a ';'.");

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

  public static final ConfigOption<MemorySize> SPLIT_SIZE =
      ConfigOptions.key("split-size")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(64))
          .withDescription("Larger files are cut into parts of about this size, read in parallel.");

  public static final ConfigOption<MemorySize> MAX_RECORD_SIZE =
      ConfigOptions.key("max-record-size")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(1))
          .withDescription("A larger record is a dead letter, in pieces of this size.");

  public static final ConfigOption<MemorySize> BLOCK_SIZE =
      ConfigOptions.key("block-size")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(1))
          .withDescription("How much to read at a time.");

  private SysmonFilesOptions() {}
}
