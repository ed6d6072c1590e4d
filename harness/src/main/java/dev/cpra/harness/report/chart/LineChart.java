package dev.cpra.harness.report.chart;

import java.util.List;

/// Lines over two axes, with bands behind them.
///
/// @param id unique in the page; letters, digits and hyphens
/// @param title what it shows
/// @param description the same in a sentence, with the figures that matter
/// @param x the horizontal axis
/// @param xLabel its name and unit
/// @param y the vertical axis
/// @param yLabel its name and unit
/// @param lines drawn in this order
/// @param bands spans of the horizontal axis that are marked
public record LineChart(
    String id,
    String title,
    String description,
    Scale x,
    String xLabel,
    Scale y,
    String yLabel,
    List<Line> lines,
    List<Band> bands) {

  private static final int WIDTH = 480;
  private static final int HEIGHT = 264;
  private static final int LEFT = 52;
  private static final int RIGHT = 14;
  private static final int TOP = 46;
  private static final int BOTTOM = 40;
  private static final int LEGEND_NAME = 22;
  private static final double CHARACTER = 6.3;

  /// One line.
  ///
  /// @param name for the legend; a faint line is not listed
  /// @param color index of the colour
  /// @param faint drawn as background
  /// @param points in ascending order of x
  public record Line(String name, int color, boolean faint, List<Point> points) {}

  /// A point of a line.
  ///
  /// @param x across
  /// @param y up; NaN breaks the line
  public record Point(double x, double y) {}

  /// A marked span.
  ///
  /// @param from lower end
  /// @param to upper end
  /// @param label its name
  /// @param style `fault` or `warm`
  public record Band(double from, double to, String label, String style) {}

  /// The chart as an SVG element.
  public String svg() {
    Svg svg = Svg.image(id, WIDTH, HEIGHT, title, description);
    bands(svg);
    axes(svg);
    for (Line line : lines) {
      String style = "line s" + line.color() + (line.faint() ? " faint" : "");
      svg.path(style, path(line));
    }
    legend(svg);
    return svg.end();
  }

  private void bands(Svg svg) {
    double labelEnd = 0;
    for (Band band : bands) {
      double from = across(Math.clamp(x.place(band.from()), 0, 1));
      double to = across(Math.clamp(x.place(band.to()), 0, 1));
      svg.rect(
          "band " + band.style(), from, TOP, Math.max(1, to - from), plotHeight(), band.label());
      String words = Svg.shorten(band.label(), LEGEND_NAME);
      double width = words.length() * CHARACTER * 0.9;
      double start = Math.max(LEFT, Math.min(from + 3, WIDTH - RIGHT - width));
      if (start >= labelEnd) {
        svg.label("note", start, TOP - 4, "start", words);
        labelEnd = start + width + 4;
      }
    }
  }

  private void axes(Svg svg) {
    for (Scale.Tick tick : y.ticks()) {
      double height = up(y.place(tick.value()));
      svg.line("grid", LEFT, height, WIDTH - RIGHT, height);
      svg.label("tick", LEFT - 6, height + 4, "end", tick.label());
    }
    for (Scale.Tick tick : x.ticks()) {
      double place = across(x.place(tick.value()));
      svg.line("mark", place, HEIGHT - BOTTOM, place, HEIGHT - BOTTOM + 4);
      // A wide last label ends where the axis does.
      boolean last = place + tick.label().length() * CHARACTER / 2 > WIDTH;
      double at = last ? WIDTH - 2 : place;
      svg.label("tick", at, HEIGHT - BOTTOM + 16, last ? "end" : "middle", tick.label());
    }
    svg.line("axis", LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM);
    svg.label("name", WIDTH - RIGHT, HEIGHT - 6, "end", xLabel);
    svg.label("name", 2, 12, "start", yLabel);
  }

  private void legend(Svg svg) {
    double place = WIDTH - RIGHT;
    List<Line> named = lines.stream().filter(line -> !line.faint()).toList();
    for (Line line : named.reversed()) {
      String name = Svg.shorten(line.name(), LEGEND_NAME);
      place -= name.length() * CHARACTER;
      svg.label("key", place, 12, "start", name);
      place -= 22;
      svg.line("line s" + line.color(), place, 8, place + 17, 8);
      place -= 12;
    }
  }

  private String path(Line line) {
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    for (Point point : line.points()) {
      if (Double.isNaN(point.y())) {
        pen = false;
        continue;
      }
      path.append(pen ? 'L' : 'M').append(Svg.number(across(x.place(point.x()))));
      path.append(' ').append(Svg.number(up(Math.clamp(y.place(point.y()), 0, 1))));
      pen = true;
    }
    return path.toString();
  }

  private double across(double place) {
    return LEFT + place * (WIDTH - LEFT - RIGHT);
  }

  private double up(double place) {
    return HEIGHT - BOTTOM - place * plotHeight();
  }

  private static int plotHeight() {
    return HEIGHT - TOP - BOTTOM;
  }
}
