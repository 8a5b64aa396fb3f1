package io.sysmonflink.jobs.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Gives tests a folder below {@code target/} for the logs of their processes, as a parameter of
 * type {@link Path}, and shows the ends of the logs where a test fails.
 */
final class ProcessLogs implements ParameterResolver, TestExecutionExceptionHandler {

  private static final int LINES = 25;

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Path.class
        && !parameter.isAnnotated(org.junit.jupiter.api.io.TempDir.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    try {
      return Files.createDirectories(folder(context));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    StringBuilder ends = new StringBuilder("what the processes said last:");
    Path test = folder(context);
    for (Path folder : List.of(test, test.getParent())) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.list(folder)) {
          for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
            ends.append("\n--- ").append(file).append('\n').append(end(file));
          }
        }
      }
    }
    failure.addSuppressed(new AssertionError(ends.toString()));
    throw failure;
  }

  private static Path folder(ExtensionContext context) {
    Path ofClass =
        Path.of("target", "cluster-logs", context.getRequiredTestClass().getSimpleName());
    return context
        .getTestMethod()
        .map(method -> ofClass.resolve(method.getName()))
        .orElse(ofClass)
        .toAbsolutePath();
  }

  private static String end(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
  }
}
