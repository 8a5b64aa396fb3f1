package io.sysmonflink.jobs.catalog;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Reads a detection's YAML and takes nothing for granted: unknown, missing, repeated and empty keys
 * and values of another type are errors, each told in one line with file, line and key.
 */
final class MetadataReader {

  private static final int MAX_CHARACTERS = 1 << 20;
  private static final Pattern MISSING =
      Pattern.compile("Missing (?:required )?creator property '([^']+)'");
  private static final Pattern DUPLICATE = Pattern.compile("Duplicate field '([^']+)'");

  // Jackson looks for missing keys before unknown ones. A misspelt key is both, and the spelling is
  // what helps.
  private static final ObjectMapper PRESENT_KEYS = mapper(false);
  private static final ObjectMapper ALL_KEYS = mapper(true);

  private MetadataReader() {}

  static DetectionMetadata read(SqlFile file) {
    Map<String, Integer> lines = new HashMap<>();
    try {
      scan(file, lines);
      PRESENT_KEYS.readValue(file.text(), DetectionMetadata.class);
      return ALL_KEYS.readValue(file.text(), DetectionMetadata.class);
    } catch (JsonProcessingException e) {
      throw error(file, lines, e);
    } catch (IOException e) {
      throw file.errorAt(0, 0, e.getMessage(), e);
    }
  }

  /** The line of a key that is there, {@code tags.observable[0].name}, the first being 1. */
  static int lineOf(SqlFile file, String key) {
    Map<String, Integer> lines = new HashMap<>();
    try {
      scan(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it was read before
    }
    return lines.getOrDefault(pointer(key), 1);
  }

  private static String pointer(String key) {
    return "/" + key.replaceAll("[.\\[]", "/").replace("]", "");
  }

  private static ObjectMapper mapper(boolean complete) {
    LoaderOptions limits = new LoaderOptions();
    limits.setCodePointLimit(MAX_CHARACTERS);
    YAMLFactory factory =
        YAMLFactory.builder()
            .loaderOptions(limits)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
            .build();
    ObjectMapper mapper =
        YAMLMapper.builder(factory)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();
    if (complete) {
      mapper.setAnnotationIntrospector(new EveryKeyRequired());
      mapper.setDefaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.FAIL, Nulls.FAIL));
    }
    mapper
        .coercionConfigFor(LogicalType.Textual)
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    return mapper;
  }

  /** Every key must be there, but where a null is to be skipped. */
  private static final class EveryKeyRequired extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasRequiredMarker(AnnotatedMember member) {
      JsonSetter setter = _findAnnotation(member, JsonSetter.class);
      return setter == null || setter.nulls() != Nulls.SKIP;
    }
  }

  // Jackson would take an alias for a text, its anchor's name. None is needed here. And it tells of
  // an unknown
  // key only at the end of the mapping, hence the lines are noted on the way.
  private static void scan(SqlFile file, Map<String, Integer> lines) throws IOException {
    try (YAMLParser parser = (YAMLParser) ALL_KEYS.getFactory().createParser(file.text())) {
      while (parser.nextToken() != null) {
        int line = parser.currentLocation().getLineNr();
        if (parser.isCurrentAlias()) {
          throw file.errorAt(line, "YAML aliases (*name) are not read");
        }
        lines.putIfAbsent(parser.getParsingContext().pathAsPointer().toString(), line);
      }
    }
  }

  private static UserError error(
      SqlFile file, Map<String, Integer> lines, JsonProcessingException e) {
    String key = e instanceof JsonMappingException mapping ? key(mapping) : "";
    int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
    if (!key.isEmpty()) {
      line = lines.getOrDefault(pointer(key), line);
    }
    return file.errorAt(line, 0, message(key, e), e);
  }

  private static String message(String key, JsonProcessingException e) {
    Matcher duplicate = DUPLICATE.matcher(e.getOriginalMessage());
    if (duplicate.find()) {
      return duplicate.group(1) + ": stands twice";
    }
    Matcher missing = MISSING.matcher(e.getOriginalMessage());
    if (missing.find()) {
      boolean named = key.equals(missing.group(1)) || key.endsWith("." + missing.group(1));
      return (named ? key : key.isEmpty() ? missing.group(1) : key + "." + missing.group(1))
          + ": is missing";
    } else if (e instanceof UnrecognizedPropertyException) {
      return key + ": unknown key";
    } else if (e instanceof InvalidNullException
        || (e instanceof InvalidFormatException empty && "".equals(empty.getValue()))) {
      return key + ": has no value";
    } else if (e instanceof InvalidFormatException format) {
      return key + ": '" + format.getValue() + "' is not " + kind(format.getTargetType());
    } else if (e instanceof MismatchedInputException mismatch) {
      return key + ": must be " + kind(mismatch.getTargetType());
    }
    return (key.isEmpty() ? "" : key + ": ") + firstLines(e.getOriginalMessage());
  }

  private static String key(JsonMappingException e) {
    StringBuilder key = new StringBuilder();
    for (Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        key.append('[').append(step.getIndex()).append(']');
      } else {
        key.append(key.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return key.toString();
  }

  private static String kind(Class<?> type) {
    if (type == null || type.isRecord() || Map.class.isAssignableFrom(type)) {
      return "a mapping of keys to values";
    } else if (Collection.class.isAssignableFrom(type)) {
      return "a list";
    } else if (type == int.class || type == Integer.class) {
      return "a whole number";
    } else if (type == String.class) {
      return "a text (put it in quotes)";
    } else if (type.isEnum()) {
      return "Victim or Attacker";
    } else {
      return "a " + type.getSimpleName();
    }
  }

  // SnakeYAML draws the place under its message; the line number says as much.
  private static String firstLines(String message) {
    return message
        .lines()
        .filter(line -> !line.startsWith(" "))
        .limit(2)
        .reduce((a, b) -> a + ": " + b)
        .orElse("is not YAML");
  }
}
