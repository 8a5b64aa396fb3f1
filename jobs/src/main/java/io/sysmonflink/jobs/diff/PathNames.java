package io.sysmonflink.jobs.diff;

import io.sysmonflink.functions.NormalizePath;
import io.sysmonflink.functions.ProcessName;
import java.util.List;
import org.apache.flink.table.data.StringData;

/** What normalising paths, which Splunk does not do, changes in a row. */
final class PathNames {

  static final String PROCESS_NAME = "process_name";

  private final int image;
  private final int processName;

  PathNames(List<String> byFields) {
    image = byFields.indexOf("Image");
    processName = byFields.indexOf(PROCESS_NAME);
  }

  /**
   * The key that the row of Splunk has here: where process_name is what Splunk makes of Image, it
   * is the name in the normalised path.
   */
  RowKey here(RowKey splunk) {
    if (image < 0 || processName < 0) {
      return splunk;
    }
    String path = splunk.values().get(image);
    if (!splunk.values().get(processName).equals(processName(path))) {
      return splunk;
    }
    return splunk.with(processName, processName(normalized(path)));
  }

  /** Whether Image is written in a way that normalising changes. */
  boolean areChanged(RowKey row) {
    return image >= 0 && !normalized(row.values().get(image)).equals(row.values().get(image));
  }

  private static String normalized(String path) {
    return new NormalizePath().eval(StringData.fromString(path)).toString();
  }

  private static String processName(String path) {
    return new ProcessName().eval(StringData.fromString(path)).toString();
  }
}
