package dev.cpra.harness.report.chart;

/// An interval of an advantage on a logarithmic axis: left of the middle a is better, right of it
/// b.
///
/// @param id unique in the page
/// @param description the same in words
/// @param reach how far the axis goes to each side, as a factor above 1
/// @param low lower end of the advantage of b, as a factor; NaN without an interval
/// @param middle its estimate
/// @param high its upper end; NaN without an interval
/// @param style the colour class of the better variant, or `open`
public record RatioStrip(
    String id,
    String description,
    double reach,
    double low,
    double middle,
    double high,
    String style) {

  private static final int WIDTH = 170;
  private static final int HEIGHT = 20;
  private static final int EDGE = 6;
  private static final double[] MARKS = {0.1, 0.5, 2, 10};

  /// The strip as an SVG element.
  public String svg() {
    Svg svg = Svg.image(id, WIDTH, HEIGHT, "Ratio and interval", description);
    for (double mark : MARKS) {
      if (mark < reach && mark > 1 / reach) {
        svg.line("grid", across(mark), 2, across(mark), HEIGHT - 2);
      }
    }
    svg.line("axis", WIDTH / 2.0, 0, WIDTH / 2.0, HEIGHT);
    double centre = HEIGHT / 2.0;
    boolean inside = middle <= reach && middle >= 1 / reach;
    if (inside && !Double.isNaN(low)) {
      svg.line("range " + style, across(low), centre, across(high), centre);
      svg.line("range " + style, across(low), centre - 3, across(low), centre + 3);
      svg.line("range " + style, across(high), centre - 3, across(high), centre + 3);
    }
    if (middle > reach) {
      arrow(svg, WIDTH - 1, -1);
    } else if (middle < 1 / reach) {
      arrow(svg, 1, 1);
    } else {
      svg.circle("dot " + style, across(middle), centre, 4);
    }
    return svg.end();
  }

  /// Beyond the axis.
  private void arrow(Svg svg, double tip, int side) {
    double centre = HEIGHT / 2.0;
    String data =
        "M%s %sL%s %sL%s %sZ"
            .formatted(
                Svg.number(tip),
                Svg.number(centre),
                Svg.number(tip + side * 9),
                Svg.number(centre - 5),
                Svg.number(tip + side * 9),
                Svg.number(centre + 5));
    svg.path("dot " + style, data);
  }

  private double across(double factor) {
    double place = Math.clamp(Math.log(factor) / Math.log(reach), -1, 1);
    return WIDTH / 2.0 + place * (WIDTH / 2.0 - EDGE);
  }
}
