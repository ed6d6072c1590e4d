package dev.cpra.manifest.schema;

import java.util.List;
import java.util.Map;

/// Writes maps, lists, strings, numbers and flags as indented JSON.
final class JsonText {
  private final StringBuilder text = new StringBuilder();

  private JsonText() {}

  static String of(Object value) {
    JsonText json = new JsonText();
    json.write(value, 0);
    return json.text.append('\n').toString();
  }

  private void write(Object value, int depth) {
    switch (value) {
      case Map<?, ?> map -> map(map, depth);
      case List<?> list -> list(list, depth);
      case String string -> quote(string);
      case Double number when number == Math.rint(number) && Math.abs(number) < 1e15 ->
          text.append(number.longValue());
      default -> text.append(value);
    }
  }

  private void map(Map<?, ?> map, int depth) {
    if (map.isEmpty()) {
      text.append("{}");
      return;
    }
    text.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      text.append(separator);
      line(depth + 1);
      quote((String) entry.getKey());
      text.append(": ");
      write(entry.getValue(), depth + 1);
      separator = ",";
    }
    line(depth);
    text.append('}');
  }

  private void list(List<?> list, int depth) {
    boolean small = list.stream().noneMatch(item -> item instanceof Map || item instanceof List);
    text.append('[');
    String separator = "";
    for (Object item : list) {
      text.append(separator);
      if (!small) {
        line(depth + 1);
      }
      write(item, depth + 1);
      separator = small ? ", " : ",";
    }
    if (!small) {
      line(depth);
    }
    text.append(']');
  }

  private void line(int depth) {
    text.append('\n').repeat("  ", depth);
  }

  private void quote(String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        default -> {
          if (c < 0x20) {
            text.append(String.format("\\u%04x", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }
}
