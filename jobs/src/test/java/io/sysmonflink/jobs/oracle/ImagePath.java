package io.sysmonflink.jobs.oracle;

/** What the contract says about the path of a program. */
final class ImagePath {
  private ImagePath() {}

  /** Quotes, slashes, prefix and runs of separators, in that order; a Linux path stays as it is. */
  static String normalised(String image) {
    String path = image;
    if (path.length() >= 2 && path.startsWith("\"") && path.endsWith("\"")) {
      path = path.substring(1, path.length() - 1);
    }
    if (path.startsWith("/") && !path.startsWith("//")) {
      return path;
    }
    path = path.replace('/', '\\');
    if (path.startsWith("\\\\?\\") || path.startsWith("\\??\\")) {
      path = path.substring(4);
    }
    String unc = path.startsWith("\\\\") ? "\\" : "";
    return unc + path.replaceAll("\\\\+", "\\\\");
  }

  /** The text after the last backslash; the whole value if there is none or nothing follows it. */
  static String processName(String path) {
    String name = path.substring(path.lastIndexOf('\\') + 1);
    return name.isEmpty() ? path : name;
  }
}
