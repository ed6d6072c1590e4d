package dev.cpra.engine;

/// The colour of an alert. The ordinals are part of recorded states; new colours go to the end.
public enum Code {
  /// The target is down and nothing repairs it: an incident is open.
  RED,
  /// The first failure since the target was last known to be well.
  YELLOW,
  /// The target is well again.
  GREEN,
  /// An intervention reported success; the verifying pulses will tell.
  CYAN,
  /// Nothing is known about the target: its checks themselves do not end.
  GRAY;

  private static final Code[] ALL = values();

  /// How many colours there are.
  public static final int COUNT = ALL.length;

  /// The mask with every colour configured.
  public static final int ALL_MASK = (1 << COUNT) - 1;

  /// The colour with this ordinal, without the copy that [#values()] makes.
  public static Code of(int ordinal) {
    return ALL[ordinal];
  }

  /// This colour's bit in a mask of colours.
  public int bit() {
    return 1 << ordinal();
  }

  /// The mask of these colours.
  public static int mask(Code... codes) {
    int mask = 0;
    for (Code code : codes) {
      mask |= code.bit();
    }
    return mask;
  }
}
