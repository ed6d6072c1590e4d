package dev.cpra.harness.profile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Stacks with a value each, in the collapsed form of flame graphs: frames from the thread up,
/// joined by semicolons, then a space and the value. Immutable.
///
/// @param values per stack, ascending by stack
public record Stacks(Map<String, Long> values) {
  private static final Pattern THREAD_ID = Pattern.compile(" tid=\\d+\\]");

  /// What the converter marks frames with: interpreted, compiled, inlined, native, kernel ...
  private static final Pattern KIND = Pattern.compile("_\\[[0-9a-zA-Z]\\]$");

  /// What stands between a class and the method that made one, see [#allocatedIn].
  static final String IN = " in ";

  /// @param values per stack
  public Stacks(Map<String, Long> values) {
    this.values = Map.copyOf(values);
  }

  /// Reads lines of the collapsed form. Threads of one name become one.
  ///
  /// @throws IOException if a line is of another form
  public static Stacks parse(List<String> lines) throws IOException {
    Map<String, Long> values = new TreeMap<>();
    for (String line : lines) {
      int space = line.lastIndexOf(' ');
      if (space < 0) {
        throw new IOException("expected `frames value` in a line of stacks, found: " + line);
      }
      try {
        long value = Long.parseLong(line.substring(space + 1));
        values.merge(
            THREAD_ID.matcher(line.substring(0, space)).replaceFirst("]"), value, Long::sum);
      } catch (NumberFormatException e) {
        throw new IOException("expected a value at the end of a line of stacks, found: " + line, e);
      }
    }
    return new Stacks(values);
  }

  /// The collapsed form, a line each, ascending.
  public List<String> lines() {
    return new TreeMap<>(values)
        .entrySet().stream().map(entry -> entry.getKey() + " " + entry.getValue()).toList();
  }

  /// The sum of all values.
  public long total() {
    return values.values().stream().mapToLong(Long::longValue).sum();
  }

  /// With every value multiplied and rounded; what rounds to nothing is left out.
  public Stacks times(double factor) {
    Map<String, Long> scaled = new TreeMap<>();
    values.forEach((stack, value) -> {
      long product = Math.round(value * factor);
      if (product > 0) {
        scaled.put(stack, product);
      }
    });
    return new Stacks(scaled);
  }

  /// With the class that each stack of allocations ends in joined to the method that made it, as
  /// one frame `class in method`.
  public Stacks allocatedIn() {
    Map<String, Long> joined = new TreeMap<>();
    values.forEach((stack, value) -> {
      int last = stack.lastIndexOf(';');
      int before = last < 0 ? -1 : stack.lastIndexOf(';', last - 1);
      String to =
          before < 0
              ? stack
              : stack.substring(0, before + 1)
                  + unmarked(stack.substring(last + 1))
                  + IN
                  + unmarked(stack.substring(before + 1, last));
      joined.merge(to, value, Long::sum);
    });
    return new Stacks(joined);
  }

  private static String unmarked(String frame) {
    return KIND.matcher(frame).replaceFirst("");
  }

  /// Those of some threads.
  public Stacks ofThreads(Predicate<String> thread) {
    Map<String, Long> some = new TreeMap<>();
    values.forEach((stack, value) -> {
      if (thread.test(thread(stack))) {
        some.put(stack, value);
      }
    });
    return new Stacks(some);
  }

  /// Those of threads that have a frame of this project anywhere.
  public Stacks ofOwnThreads() {
    List<String> own =
        values.keySet().stream()
            .filter(stack -> stack.contains("dev/cpra/"))
            .map(Stacks::thread)
            .distinct()
            .toList();
    return ofThreads(own::contains);
  }

  /// The value per thread, the largest first.
  public Map<String, Long> byThread() {
    Map<String, Long> sums = new TreeMap<>();
    values.forEach((stack, value) -> sums.merge(thread(stack), value, Long::sum));
    Map<String, Long> sorted = new LinkedHashMap<>();
    sums.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  /// The name of a stack's thread.
  static String thread(String stack) {
    int end = stack.indexOf(';');
    String first = end < 0 ? stack : stack.substring(0, end);
    return first.startsWith("[") && first.endsWith("]")
        ? first.substring(1, first.length() - 1)
        : first;
  }

  /// The frames of a stack above its thread, marks of their kind removed.
  static List<String> frames(String stack) {
    List<String> frames = new ArrayList<>();
    for (int from = stack.indexOf(';'); from >= 0; ) {
      int next = stack.indexOf(';', from + 1);
      String frame = next < 0 ? stack.substring(from + 1) : stack.substring(from + 1, next);
      frames.add(unmarked(frame));
      from = next;
    }
    return frames;
  }
}
