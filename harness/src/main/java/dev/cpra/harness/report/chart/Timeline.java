package dev.cpra.harness.report.chart;

import java.util.List;
import java.util.Locale;

/// Rows of states over the same time axis. The height of a state tells what its colour tells.
///
/// @param id unique in the page
/// @param title what it shows
/// @param description the same in a sentence
/// @param seconds where the axis ends
/// @param rows drawn from the top
public record Timeline(
    String id, String title, String description, double seconds, List<Row> rows) {

  private static final int WIDTH = 980;
  private static final int LEFT = 220;
  private static final int RIGHT = 14;
  private static final int TOP = 30;
  private static final int ROW = 24;

  /// What a state means for a target.
  public enum Kind {
    /// Healthy.
    UP("up", 5),
    /// Failing, not yet an incident.
    WARNED("warned", 10),
    /// An intervention is due, running or being verified.
    REPAIR("under repair", 14),
    /// Down, or an incident is open.
    DOWN("down / incident", 18),
    /// Nothing is known.
    UNKNOWN("unknown", 8),
    /// Not watched.
    PAUSED("paused", 2);

    private final String label;
    private final int height;

    Kind(String label, int height) {
      this.label = label;
      this.height = height;
    }

    /// The kind of a state in words: a script's `up` or `down`, or a monitor's flags.
    public static Kind of(String state) {
      String words = state.toLowerCase(Locale.ROOT);
      if (words.contains("paused")) {
        return PAUSED;
      }
      boolean failing =
          words.equals("error")
              || words.equals("hang")
              || words.equals("reset")
              || words.equals("garbage");
      if (failing || words.contains("incident") || words.contains("down")) {
        return DOWN;
      }
      if (words.contains("intervention") || words.contains("verifying")) {
        return REPAIR;
      }
      if (words.contains("unknown")) {
        return UNKNOWN;
      }
      boolean troubled =
          words.contains("warned")
              || words.contains("failures")
              || words.contains("slow")
              || words.contains("flap");
      return troubled ? WARNED : UP;
    }
  }

  /// One row.
  ///
  /// @param name whose states, and who says so
  /// @param spans in order of time
  public record Row(String name, List<Span> spans) {}

  /// One state for some time.
  ///
  /// @param from in seconds
  /// @param to in seconds
  /// @param state in words
  public record Span(double from, double to, String state) {}

  /// The chart as an SVG element.
  public String svg() {
    int bottom = TOP + ROW * rows.size();
    Svg svg = Svg.image(id, WIDTH, bottom + 34, title, description);
    Scale scale = Scale.Linear.exactly(seconds);
    for (Scale.Tick tick : scale.ticks()) {
      double place = across(scale.place(tick.value()));
      svg.line("grid", place, TOP - 4, place, bottom);
      svg.label("tick", place, bottom + 14, "middle", tick.label());
    }
    svg.label("name", WIDTH - RIGHT, bottom + 30, "end", "seconds");
    for (int row = 0; row < rows.size(); row++) {
      row(svg, scale, rows.get(row), TOP + ROW * row);
    }
    legend(svg);
    return svg.end();
  }

  private void row(Svg svg, Scale scale, Row row, double top) {
    svg.label("key", LEFT - 10, top + 16, "end", Svg.shorten(row.name(), 34));
    for (Span span : row.spans()) {
      Kind kind = Kind.of(span.state());
      double from = across(Math.clamp(scale.place(span.from()), 0, 1));
      double to = across(Math.clamp(scale.place(span.to()), 0, 1));
      String hint =
          String.format(Locale.ROOT, "%.2f–%.2f s: %s", span.from(), span.to(), span.state());
      svg.rect(style(kind), from, middle(top) - kind.height / 2.0, to - from, kind.height, hint);
    }
  }

  private static void legend(Svg svg) {
    double place = LEFT;
    for (Kind kind : Kind.values()) {
      svg.rect(style(kind), place, 10 - kind.height / 2.0, 16, kind.height, "");
      svg.label("key", place + 21, 14, "start", kind.label);
      place += 21 + kind.label.length() * 6.3 + 18;
    }
  }

  private static String style(Kind kind) {
    return "state " + kind.name().toLowerCase(Locale.ROOT);
  }

  private static double middle(double top) {
    return top + ROW / 2.0;
  }

  private static double across(double place) {
    return LEFT + place * (WIDTH - LEFT - RIGHT);
  }
}
