package dev.cpra.harness.report.chart;

import java.util.Locale;

/// Writes one SVG element tree. Not thread-safe.
final class Svg {

  private final StringBuilder text = new StringBuilder(4_096);

  /// An image with a title and a description for those who can't see it.
  static Svg image(String id, int width, int height, String title, String description) {
    Svg svg = new Svg();
    svg.text.append(
        "<svg role=\"img\" viewBox=\"0 0 %d %d\" aria-labelledby=\"%s-t %s-d\">"
            .formatted(width, height, id, id));
    svg.text.append("<title id=\"").append(id).append("-t\">").append(escape(title));
    svg.text.append("</title><desc id=\"").append(id).append("-d\">").append(escape(description));
    svg.text.append("</desc>");
    return svg;
  }

  Svg line(String style, double x1, double y1, double x2, double y2) {
    text.append("<line class=\"").append(style).append("\" x1=\"").append(number(x1));
    text.append("\" y1=\"").append(number(y1)).append("\" x2=\"").append(number(x2));
    text.append("\" y2=\"").append(number(y2)).append("\"/>");
    return this;
  }

  /// A rectangle; `hint` is shown when it is pointed at, unless empty.
  Svg rect(String style, double x, double y, double width, double height, String hint) {
    text.append("<rect class=\"").append(style).append("\" x=\"").append(number(x));
    text.append("\" y=\"").append(number(y)).append("\" width=\"");
    text.append(number(Math.max(0, width))).append("\" height=\"").append(number(height));
    if (hint.isEmpty()) {
      text.append("\"/>");
    } else {
      text.append("\"><title>").append(escape(hint)).append("</title></rect>");
    }
    return this;
  }

  Svg circle(String style, double x, double y, double radius) {
    text.append("<circle class=\"").append(style).append("\" cx=\"").append(number(x));
    text.append("\" cy=\"").append(number(y)).append("\" r=\"").append(number(radius));
    text.append("\"/>");
    return this;
  }

  /// Text; `anchor` is start, middle or end.
  Svg label(String style, double x, double y, String anchor, String words) {
    text.append("<text class=\"").append(style).append("\" x=\"").append(number(x));
    text.append("\" y=\"").append(number(y)).append("\" text-anchor=\"").append(anchor);
    text.append("\">").append(escape(words)).append("</text>");
    return this;
  }

  /// A path from data that this package wrote.
  Svg path(String style, String data) {
    text.append("<path class=\"").append(style).append("\" d=\"").append(data).append("\"/>");
    return this;
  }

  String end() {
    return text.append("</svg>").toString();
  }

  /// A coordinate: a tenth of a unit is finer than any screen shows.
  static String number(double value) {
    if (value == Math.rint(value)) {
      return Long.toString((long) value);
    }
    return String.format(Locale.ROOT, "%.1f", value);
  }

  static String escape(String plain) {
    StringBuilder escaped = new StringBuilder(plain.length() + 16);
    for (int index = 0; index < plain.length(); index++) {
      char character = plain.charAt(index);
      switch (character) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(character < ' ' ? ' ' : character);
      }
    }
    return escaped.toString();
  }

  /// Words short enough for a legend or a row.
  static String shorten(String words, int length) {
    return words.length() <= length ? words : words.substring(0, length - 1) + "…";
  }
}
