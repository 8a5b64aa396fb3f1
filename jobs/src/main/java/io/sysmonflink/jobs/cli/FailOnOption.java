package io.sysmonflink.jobs.cli;

import io.sysmonflink.jobs.report.FailOn;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The value of {@code --fail-on}. */
final class FailOnOption implements ITypeConverter<FailOn> {

  @Override
  public FailOn convert(String text) {
    try {
      return FailOn.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
