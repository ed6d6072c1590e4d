package dev.cpra.harness.gate;

import java.util.List;

/// What the history's page shows; public, for its template is elsewhere.
///
/// @param title the gate's name
/// @param meta how many runs, from when to when
/// @param machines where they were made
/// @param figures the charts
/// @param changes every change point in words, latest first
/// @param runs the last runs, latest first
public record HistoryView(
    String title,
    String meta,
    List<String> machines,
    List<Figure> figures,
    List<String> changes,
    List<Run> runs) {

  /// One chart.
  ///
  /// @param caption what it shows, with its unit
  /// @param note what was found
  /// @param svg the chart
  public record Figure(String caption, String note, String svg) {}

  /// One run in the table.
  ///
  /// @param number its place on the axis, from 1
  /// @param at when
  /// @param commit short; empty if not known
  /// @param against the other build; empty without one
  /// @param outcome what the gate said
  /// @param style `ok`, `bad` or `warn`
  public record Run(
      int number, String at, String commit, String against, String outcome, String style) {}
}
