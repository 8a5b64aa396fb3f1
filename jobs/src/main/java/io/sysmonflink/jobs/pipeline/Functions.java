package io.sysmonflink.jobs.pipeline;

import io.sysmonflink.functions.BytesLength;
import io.sysmonflink.functions.BytesSha256;
import io.sysmonflink.functions.Ctime;
import io.sysmonflink.functions.FirstSight;
import io.sysmonflink.functions.LacksFields;
import io.sysmonflink.functions.NormalizePath;
import io.sysmonflink.functions.ProcessName;
import io.sysmonflink.functions.SplValues;
import io.sysmonflink.functions.WildcardIn;
import org.apache.flink.table.api.TableEnvironment;

/** The functions that the SQL files may call. */
final class Functions {

  private static final String TRAILING_STATS = "TRAILING_STATS";

  private Functions() {}

  /** Gives them to an environment of a mode. */
  static void register(TableEnvironment env, Mode mode) {
    env.createTemporarySystemFunction("WILDCARD_IN", WildcardIn.class);
    env.createTemporarySystemFunction("NORMALIZE_PATH", NormalizePath.class);
    env.createTemporarySystemFunction("PROCESS_NAME", ProcessName.class);
    env.createTemporarySystemFunction("CTIME", Ctime.class);
    env.createTemporarySystemFunction("SPL_VALUES", SplValues.class);
    env.createTemporarySystemFunction(TRAILING_STATS, mode.trailingStats());
    env.createTemporarySystemFunction("FIRST_SIGHT", FirstSight.class);
    env.createTemporarySystemFunction("BYTES_LENGTH", BytesLength.class);
    env.createTemporarySystemFunction("BYTES_SHA256", BytesSha256.class);
    env.createTemporarySystemFunction("LACKS_FIELDS", LacksFields.class);
  }

  /** Makes what is planned from now on be measured as one detection's. */
  static void measureAs(TableEnvironment env, Mode mode, String detection) {
    env.dropTemporarySystemFunction(TRAILING_STATS);
    env.createTemporarySystemFunction(TRAILING_STATS, mode.trailingStats().measuredAs(detection));
  }
}
