package dev.cpra.harness.statistics;

/// What a comparison may claim.
public enum Verdict {
  /// The first variant is better.
  A_BETTER("a better"),
  /// The second variant is better.
  B_BETTER("b better"),
  /// Both may be the same; the smallest effect that could have been seen stands beside it.
  NO_DIFFERENCE_SHOWN("no difference shown"),
  /// The figures must not be compared, for a reason that stands beside it.
  NOT_COMPARED("not compared");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  /// The words of `report.json`; [#NOT_COMPARED] is followed by its reason in parentheses there.
  public String text() {
    return text;
  }
}
