package io.sysmonflink.json;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;

/** All values of a row that can be of any length, however deep: its texts and its bytes. */
final class RowValues implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Puts another value in the place of each that is not NULL. */
  interface Change {

    StringData text(StringData text);

    byte[] bytes(byte[] bytes);
  }

  /** A type's values; none is NULL. */
  private interface Part extends Serializable {

    Object changed(Object value, Change change);
  }

  private final Part row;

  /** Those of rows of this type. */
  RowValues(RowType type) {
    row = row(type);
  }

  /** A row with other values; it is of the same kind, and nothing else in it changes. */
  RowData changed(RowData value, Change change) {
    return (RowData) row.changed(value, change);
  }

  private static Part part(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case CHAR, VARCHAR -> (value, change) -> change.text((StringData) value);
      case BINARY, VARBINARY -> (value, change) -> change.bytes((byte[]) value);
      case ROW -> row((RowType) type);
      case ARRAY -> array(((ArrayType) type).getElementType());
      case MAP -> map((MapType) type);
      default -> (value, change) -> value;
    };
  }

  private static Part row(RowType type) {
    List<LogicalType> children = type.getChildren();
    RowData.FieldGetter[] getters = new RowData.FieldGetter[children.size()];
    Part[] parts = new Part[children.size()];
    for (int i = 0; i < parts.length; i++) {
      getters[i] = RowData.createFieldGetter(children.get(i), i);
      parts[i] = part(children.get(i));
    }
    return (value, change) -> {
      RowData old = (RowData) value;
      GenericRowData changed = new GenericRowData(old.getRowKind(), parts.length);
      for (int i = 0; i < parts.length; i++) {
        Object field = getters[i].getFieldOrNull(old);
        changed.setField(i, field == null ? null : parts[i].changed(field, change));
      }
      return changed;
    };
  }

  private static Part array(LogicalType elements) {
    ArrayData.ElementGetter getter = ArrayData.createElementGetter(elements);
    Part part = part(elements);
    return (value, change) ->
        new GenericArrayData(changedElements((ArrayData) value, getter, part, change));
  }

  private static Object[] changedElements(
      ArrayData old, ArrayData.ElementGetter getter, Part part, Change change) {
    List<Object> changed = new ArrayList<>(old.size());
    for (int i = 0; i < old.size(); i++) {
      Object element = getter.getElementOrNull(old, i);
      changed.add(element == null ? null : part.changed(element, change));
    }
    return changed.toArray();
  }

  private static Part map(MapType type) {
    ArrayData.ElementGetter keyGetter = ArrayData.createElementGetter(type.getKeyType());
    ArrayData.ElementGetter valueGetter = ArrayData.createElementGetter(type.getValueType());
    Part keyPart = part(type.getKeyType());
    Part valuePart = part(type.getValueType());
    return (value, change) -> {
      MapData old = (MapData) value;
      Object[] keys = changedElements(old.keyArray(), keyGetter, keyPart, change);
      Object[] values = changedElements(old.valueArray(), valueGetter, valuePart, change);
      Map<Object, Object> changed = new LinkedHashMap<>();
      for (int i = 0; i < keys.length; i++) {
        changed.put(keys[i], values[i]);
      }
      return new GenericMapData(changed);
    };
  }
}
