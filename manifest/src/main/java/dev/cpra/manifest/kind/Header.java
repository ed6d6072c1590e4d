package dev.cpra.manifest.kind;

import dev.cpra.manifest.Field;
import dev.cpra.manifest.Fields;
import dev.cpra.manifest.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// One HTTP header. Its value may be a secret and is not printed.
///
/// @param name a token as HTTP defines it
/// @param value without line breaks or surrounding spaces
public record Header(String name, String value) {
  /// The `headers` key of every kind that speaks HTTP.
  static final Field FIELD =
      Field.of(
              "headers",
              new Type.ListOf(
                  new Type.Text(
                      3,
                      8_192,
                      Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\\t ]*[^\\r\\n\\u0000]*"),
                      "a header in the form `Name: value` on one line"),
                  true,
                  100),
              "Request headers, each `Name: value`.")
          .hide();

  /// Reads `headers`, shared between equal configs.
  static List<Header> read(Fields fields) {
    List<String> lines = fields.texts("headers");
    if (lines.isEmpty()) {
      return List.of();
    }
    List<Header> headers = new ArrayList<>(lines.size());
    for (String line : lines) {
      int colon = line.indexOf(':');
      headers.add(new Header(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    return fields.share(List.copyOf(headers));
  }

  @Override
  public String toString() {
    return name + ": ***";
  }
}
