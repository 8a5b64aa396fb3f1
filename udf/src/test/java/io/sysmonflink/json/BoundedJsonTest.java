package io.sysmonflink.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.formats.common.TimestampFormat;
import org.apache.flink.formats.json.JsonFormatOptions.MapNullKeyMode;
import org.apache.flink.formats.json.JsonRowDataSerializationSchema;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A row of any values fits, loses no more than it must, and stays apart from every other. */
class BoundedJsonTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final RowType TYPE =
      (RowType)
          DataTypes.ROW(
                  DataTypes.FIELD("number", DataTypes.BIGINT()),
                  DataTypes.FIELD("text", DataTypes.STRING().notNull()),
                  DataTypes.FIELD("payload", DataTypes.BYTES()),
                  DataTypes.FIELD("list", DataTypes.ARRAY(DataTypes.STRING())),
                  DataTypes.FIELD("fields", DataTypes.MAP(DataTypes.STRING(), DataTypes.STRING())),
                  DataTypes.FIELD(
                      "inner", DataTypes.ROW(DataTypes.FIELD("deep", DataTypes.STRING()))))
              .getLogicalType();

  private static final String[] PIECES = {
    "a",
    "pastebin.com",
    "\"",
    "\\",
    "\n",
    "\u0000",
    "\u001b",
    "é",
    "\u20ac",
    "\ud83d\ude00",
    "...[",
    "]",
    "\u007f",
    "\u2028"
  };

  private static final BoundedJsonSchema WHOLE = opened();

  @Test
  void everyRowFitsAndOnlyWhatIsLongIsCut() throws Exception {
    Random random = new Random(17);
    for (int i = 0; i < 1_000; i++) {
      GenericRowData row = row(random);
      int maxBytes = 2048 + random.nextInt(3000);
      byte[] whole = json(Integer.MAX_VALUE).serialize(row);
      byte[] bounded = json(maxBytes).serialize(row);

      assertThat(bounded.length).as("row %s", i).isLessThanOrEqualTo(maxBytes);
      if (whole.length <= maxBytes) {
        assertThat(bounded).isEqualTo(whole);
      } else {
        assertThat(bounded.length).as("room is used").isGreaterThan(maxBytes - 60);
      }
      assertThat(json(maxBytes).serialize(row)).as("each time").isEqualTo(bounded);
      assertCut(JSON.readTree(whole), JSON.readTree(bounded));
    }
  }

  private static void assertCut(JsonNode whole, JsonNode bounded) throws Exception {
    assertThat(bounded.size()).isEqualTo(whole.size());
    for (var field : whole.properties()) {
      JsonNode cut = bounded.get(field.getKey());
      if (field.getKey().equals("payload") && !cut.isNull()) {
        byte[] bytes = cut.binaryValue();
        assertThat(bytes).isEqualTo(Arrays.copyOf(field.getValue().binaryValue(), bytes.length));
      } else if (field.getValue().isTextual()) {
        assertCut(field.getValue().textValue(), cut.textValue());
      } else if (field.getValue().isObject()) {
        assertCut(field.getValue(), cut);
      } else if (field.getValue().isArray()) {
        for (int i = 0; i < cut.size(); i++) {
          assertCut(field.getValue().get(i).textValue(), cut.get(i).textValue());
        }
      } else {
        assertThat(cut).isEqualTo(field.getValue());
      }
    }
  }

  private static void assertCut(String whole, String cut) throws Exception {
    if (!cut.equals(whole)) {
      int mark = cut.lastIndexOf("...[");
      assertThat(whole).startsWith(cut.substring(0, mark));
      byte[] utf8 = whole.getBytes(UTF_8);
      String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(utf8));
      assertThat(cut.substring(mark))
          .isEqualTo("...[" + utf8.length + " bytes in all, SHA-256 " + hash + "]");
    }
  }

  @Test
  void valuesThatDifferStayApartEvenFromOneThatLooksCut() throws Exception {
    String beginning = "x".repeat(5_000);
    Set<String> written = new HashSet<>();
    Set<String> texts = new HashSet<>();
    String last = beginning;
    for (int i = 0; i < 4; i++) {
      texts.add(last);
      texts.add(last + "y");
      String text = JSON.readTree(json(2_000).serialize(textRow(last))).get("text").textValue();
      written.add(text);
      written.add(
          JSON.readTree(json(2_000).serialize(textRow(last + "y"))).get("text").textValue());
      last = text; // what is written of one is another's whole value
    }
    assertThat(written).hasSameSizeAs(texts).hasSize(8);
  }

  @Test
  void whatJustFitsIsWholeAndAByteLessIsNot() {
    GenericRowData row = textRow("x".repeat(3_000));
    byte[] whole = json(Integer.MAX_VALUE).serialize(row);

    assertThat(json(whole.length).serialize(row)).isEqualTo(whole);
    assertThat(json(whole.length - 1).serialize(row))
        .hasSize(whole.length - 1)
        .asString(UTF_8)
        .contains("3000 bytes in all");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "...[5 bytes in all, SHA-256 0123]",
        "...[5 bytes in all]",
        "]",
        "...[]",
        "a...[b]c]"
      })
  void aTextThatEndsInNoMarkStaysAsItIs(String text) throws IOException {
    assertThat(JSON.readTree(json(1024).serialize(textRow(text))).get("text").textValue())
        .isEqualTo(text);
  }

  @Test
  void aDeadLetterKeepsTheFirstOfItsBytes() throws Exception {
    byte[] bytes = new byte[900_000];
    new Random(3).nextBytes(bytes);
    GenericRowData row = textRow("not an event");
    row.setField(2, bytes);

    byte[] bounded = json(1_000_000).serialize(row);

    assertThat(bounded.length).isBetween(999_900, 1_000_000);
    byte[] kept = JSON.readTree(bounded).get("payload").binaryValue();
    assertThat(kept).isEqualTo(Arrays.copyOf(bytes, kept.length));
    assertThat(JSON.readTree(bounded).get("text").textValue()).isEqualTo("not an event");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 100, 1_000, 10_000})
  void theGreatestLengthLeavesNoRoom(long room) {
    Random random = new Random(room);
    for (int i = 0; i < 500; i++) {
      List<Integer> sizes = random.ints(1 + random.nextInt(8), 0, 3_000).boxed().toList();
      int longest = BoundedJsonSchema.longest(sizes, room);
      assertThat(sum(sizes, longest)).isLessThanOrEqualTo(room);
      if (longest < Integer.MAX_VALUE) {
        assertThat(sum(sizes, longest + 1L)).isGreaterThan(room);
      }
    }
  }

  private static long sum(List<Integer> sizes, long longest) {
    return sizes.stream().mapToLong(size -> Math.min(size, longest)).sum();
  }

  /** Sent to a task, as Flink does. */
  private static BoundedJsonSchema opened() {
    try {
      SerializationSchema<RowData> json =
          new JsonRowDataSerializationSchema(
              TYPE, TimestampFormat.ISO_8601, MapNullKeyMode.LITERAL, "null", false, false);
      BoundedJsonSchema schema =
          InstantiationUtil.clone(
              new BoundedJsonSchema(json, new RowValues(TYPE), Integer.MAX_VALUE));
      schema.open(null);
      return schema;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static SerializationSchema<RowData> json(int maxBytes) {
    return WHOLE.of(maxBytes);
  }

  private static GenericRowData textRow(String text) {
    GenericRowData row = new GenericRowData(TYPE.getFieldCount());
    row.setField(0, 7L);
    row.setField(1, StringData.fromString(text));
    return row;
  }

  private static GenericRowData row(Random random) {
    GenericRowData row = textRow(text(random));
    byte[] payload = new byte[random.nextInt(4_000)];
    random.nextBytes(payload);
    row.setField(2, random.nextInt(3) == 0 ? payload : null);
    StringData[] list = {StringData.fromString(text(random)), StringData.fromString(text(random))};
    row.setField(3, random.nextInt(3) == 0 ? null : new GenericArrayData(list));
    Map<StringData, StringData> fields = new HashMap<>();
    for (int i = 0; i < 4; i++) {
      fields.put(
          StringData.fromString("f" + i), i == 2 ? null : StringData.fromString(text(random)));
    }
    row.setField(4, new GenericMapData(fields));
    row.setField(5, GenericRowData.of(StringData.fromString(text(random))));
    return row;
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int pieces = random.nextInt(4) == 0 ? random.nextInt(2_000) : random.nextInt(5);
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }
}
