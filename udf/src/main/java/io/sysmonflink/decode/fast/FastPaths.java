package io.sysmonflink.decode.fast;

import io.sysmonflink.decode.bytes.ValueCache;
import io.sysmonflink.decode.parse.FastPath;
import io.sysmonflink.decode.parse.xml.SystemElement;

/** The fast paths that there are. A new one has a method here. */
public final class FastPaths {

  private FastPaths() {}

  /**
   * For XML as Windows itself lays it out.
   *
   * @param values makes the texts of values
   */
  public static FastPath xml(ValueCache values) {
    return new WindowsEventParser(new SystemElement(values), values, new EventLayouts());
  }

  /** For the JSON that Winlogbeat and NXLog write. */
  public static FastPath json() {
    return new ShipperJsonParser(new EventLayouts());
  }
}
