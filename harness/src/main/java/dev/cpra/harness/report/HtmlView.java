package dev.cpra.harness.report;

import java.util.List;

/// What the template of `report.html` prints: words and numbers ready to be read, and charts.
/// Whatever stands here as plain text is escaped by the template; only `svg` is printed as it is.
///
/// @param title the load's name
/// @param question what the load is to find out; empty if it does not say
/// @param meta when, how long, how driven
/// @param valid whether nothing makes the evaluation invalid
/// @param headline the verdict in one sentence
/// @param findings one sentence per question
/// @param variants what was compared
/// @param scorecard a row per metric
/// @param comparisons a row per metric and pair, where the scorecard can't hold them
/// @param lanes the ledgers
/// @param figures charts over percentiles and time
/// @param timelines states of targets and monitors
/// @param targets the targets' own counts
/// @param stories what the monitors of scripted targets went through
/// @param flames flame graphs that lie beside the report
/// @param trialHeadings the headings of the trials' figures
/// @param trials every trial that ran
/// @param threats what limits the validity
/// @param environment name and value
/// @param command how to repeat it
/// @param load the load file
/// @param loadPath where it was
/// @param flags the JVM's arguments, per variant
public record HtmlView(
    String title,
    String question,
    String meta,
    boolean valid,
    String headline,
    List<Finding> findings,
    List<Variant> variants,
    List<Score> scorecard,
    List<Compared> comparisons,
    List<Lane> lanes,
    List<Figure> figures,
    List<Figure> timelines,
    List<Target> targets,
    List<Story> stories,
    List<Flame> flames,
    List<String> trialHeadings,
    List<Trial> trials,
    List<String> threats,
    List<Entry> environment,
    String command,
    String load,
    String loadPath,
    List<Entry> flags) {

  /// Whether exactly two variants are compared, so that their ratio stands in the scorecard.
  public boolean two() {
    return variants.size() == 2;
  }

  /// A question and its answer; the style is a variant's colour, `open` or `none`.
  public record Finding(String question, String sentence, String style) {}

  /// What was compared.
  public record Variant(String name, int color, String engine, String options, String trials) {}

  /// A figure and its range; `exact` is the value of `report.json`, empty if it does not apply.
  public record Cell(String exact, String whole, String fraction, String range) {}

  /// A metric; ratio and what follows are empty if it is not compared or there are not two
  /// variants.
  public record Score(
      String label,
      String unit,
      String better,
      List<Cell> cells,
      String ratio,
      String interval,
      String svg,
      String verdict,
      String style) {}

  /// One metric of one pair.
  public record Compared(
      String label,
      String a,
      String b,
      String ratio,
      String interval,
      String svg,
      String verdict,
      String detail,
      String style) {}

  /// A lane's account as equations.
  public record Lane(String name, List<Equation> equations, String note) {}

  /// One equation; the first term is the sum of the others.
  public record Equation(List<String> terms, List<EquationRow> rows) {}

  /// Its figures for one variant.
  public record EquationRow(String variant, int color, List<String> figures, boolean holds) {}

  /// A chart.
  public record Figure(String caption, String note, String svg) {}

  /// A target's own counts beside the ledger's, summed over a variant's trials.
  public record Target(
      String variant,
      int color,
      String name,
      String kind,
      String accepted,
      String requests,
      String pulses,
      String expected,
      String agrees,
      boolean bad) {}

  /// What one monitor of a target went through, in one variant.
  public record Story(
      String target,
      String monitor,
      String variant,
      int color,
      String words,
      String trials,
      boolean bad) {}

  /// A flame graph; the recording is empty where there is none.
  public record Flame(String caption, String graph, String recording) {}

  /// One trial.
  public record Trial(
      String order,
      String variant,
      int color,
      String round,
      String status,
      String style,
      List<String> figures) {}

  /// A name and its value.
  public record Entry(String name, String value) {}
}
