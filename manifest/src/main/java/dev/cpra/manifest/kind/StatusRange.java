package dev.cpra.manifest.kind;

/// HTTP status codes that are accepted, ends included.
///
/// @param from 100 to 599
/// @param to from `from` to 599
public record StatusRange(int from, int to) {
  /// 200 to 299.
  public static final StatusRange SUCCESS = new StatusRange(200, 299);

  /// Checks the range.
  public StatusRange {
    if (from < 100 || to > 599 || from > to) {
      throw new IllegalArgumentException(
          "status: expected codes from 100 to 599 in ascending order, found " + from + "-" + to);
    }
  }

  /// Whether this status is accepted.
  public boolean contains(int status) {
    return from <= status && status <= to;
  }

  /// Of `204`, `2xx` or `200-299`.
  static StatusRange parse(String text) {
    if (text.endsWith("xx")) {
      int hundreds = (text.charAt(0) - '0') * 100;
      return new StatusRange(hundreds, hundreds + 99);
    }
    int dash = text.indexOf('-');
    if (dash < 0) {
      int status = Integer.parseInt(text);
      return new StatusRange(status, status);
    }
    return new StatusRange(
        Integer.parseInt(text.substring(0, dash)), Integer.parseInt(text.substring(dash + 1)));
  }
}
