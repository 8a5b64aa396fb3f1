package io.sysmonflink.files;

import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/**
 * The options of a {@code sysmon-files} table, besides those of the format, {@link
 * io.sysmonflink.format.SysmonFormatOptions}.
 */
public final class SysmonFilesOptions {

  public static final ConfigOption<List<String>> PATH =
      ConfigOptions.key("path")
          .stringType()
          .asList()
          .noDefaultValue()
          .withDescription(
              "Files and folders, separated by ';'. Folders are searched in depth; names in them"
                  + " that begin with '.' or '_' are left out. Any file system that Flink knows; an entry with"
                  + " a scheme is a URI, in which '%3B' is a ';'.");

  public static final ConfigOption<MemorySize> SPLIT_SIZE =
      ConfigOptions.key("split-size")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(64))
          .withDescription("Larger files are cut into parts of about this size, read in parallel.");

  public static final ConfigOption<MemorySize> BLOCK_SIZE =
      ConfigOptions.key("block-size")
          .memoryType()
          .defaultValue(MemorySize.parse("256kb"))
          .withDescription("How much to read at a time.");

  public static final ConfigOption<Boolean> STRICT =
      ConfigOptions.key("strict")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Fail at the first file that cannot be read, or that changes while it is read, and"
                  + " give no dead letter of it.");

  private SysmonFilesOptions() {}
}
