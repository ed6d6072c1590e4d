package dev.cpra.harness.report.chart;

import java.util.List;
import java.util.Locale;

/// One bar per variant, made of parts: what a whole consists of.
///
/// @param id unique in the page
/// @param title what it shows
/// @param description the same in a sentence
/// @param unit the unit of the parts
/// @param parts the parts' names, in the order of each bar's values
/// @param bars drawn from the top
public record StackedBars(
    String id, String title, String description, String unit, List<String> parts, List<Bar> bars) {

  private static final int WIDTH = 480;
  private static final int LEFT = 110;
  private static final int RIGHT = 62;
  private static final int TOP = 34;
  private static final int ROW = 34;
  private static final int BAR = 20;
  private static final double CHARACTER = 6.3;

  /// One bar.
  ///
  /// @param name whose it is
  /// @param values one per part
  public record Bar(String name, List<Double> values) {

    double sum() {
      return values.stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  /// The chart as an SVG element.
  public String svg() {
    double largest = bars.stream().mapToDouble(Bar::sum).max().orElse(1);
    Scale scale = Scale.Linear.upTo(largest);
    int bottom = TOP + ROW * bars.size();
    Svg svg = Svg.image(id, WIDTH, bottom + 34, title, description);
    for (Scale.Tick tick : scale.ticks()) {
      double place = across(scale.place(tick.value()));
      svg.line("grid", place, TOP - 6, place, bottom);
      svg.label("tick", place, bottom + 14, "middle", tick.label());
    }
    svg.label("name", WIDTH - RIGHT, bottom + 30, "end", unit);
    for (int row = 0; row < bars.size(); row++) {
      bar(svg, scale, bars.get(row), TOP + ROW * row + (ROW - BAR) / 2.0 - 3);
    }
    legend(svg);
    return svg.end();
  }

  private void bar(Svg svg, Scale scale, Bar bar, double top) {
    svg.label("key", LEFT - 8, top + 14, "end", Svg.shorten(bar.name(), 16));
    double sum = 0;
    for (int part = 0; part < bar.values().size(); part++) {
      double value = bar.values().get(part);
      double from = across(scale.place(sum));
      double to = across(scale.place(sum + value));
      String hint = parts.get(part) + " " + text(value) + " " + unit;
      svg.rect("part g" + part, from, top, to - from, BAR, hint);
      sum += value;
    }
    svg.label("tick", across(scale.place(sum)) + 6, top + 14, "start", text(sum));
  }

  private void legend(Svg svg) {
    double place = LEFT;
    for (int part = 0; part < parts.size(); part++) {
      svg.rect("part g" + part, place, 4, 11, 11, "");
      svg.label("key", place + 15, 14, "start", parts.get(part));
      place += 15 + parts.get(part).length() * CHARACTER + 14;
    }
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, value < 1 ? "%.3f" : "%.2f", value);
  }

  private static double across(double place) {
    return LEFT + place * (WIDTH - LEFT - RIGHT);
  }
}
