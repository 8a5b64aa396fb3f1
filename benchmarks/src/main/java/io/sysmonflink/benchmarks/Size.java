package io.sysmonflink.benchmarks;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of bytes as one writes it: {@code 512m}, {@code 4g}. */
record Size(long bytes) {
  private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,8})([kmg]?)");

  /** Reads it from the command line. */
  static final class Converter implements ITypeConverter<Size> {
    @Override
    public Size convert(String text) {
      Matcher matcher = TEXT.matcher(text.toLowerCase(Locale.ROOT));
      if (!matcher.matches()) {
        throw new TypeConversionException("'" + text + "' is not a size such as 512m or 4g");
      }
      int shift = 10 * " kmg".indexOf(matcher.group(2).isEmpty() ? " " : matcher.group(2));
      return new Size(Long.parseLong(matcher.group(1)) << shift);
    }
  }
}
