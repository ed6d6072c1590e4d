package dev.cpra.manifest.read;

import dev.cpra.manifest.read.Node.Broken;
import dev.cpra.manifest.read.Node.Entry;
import dev.cpra.manifest.read.Node.Mapping;
import dev.cpra.manifest.read.Node.Scalar;
import dev.cpra.manifest.read.Node.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;

/// Makes nodes of events, one value at a time. Depth and weight are bounded, so neither deep
/// nesting nor nested aliases cost more than the bound. Used by one thread.
///
/// An anchor reaches within the monitor that sets it; those set outside the list of monitors reach
/// everywhere behind them.
final class Composer {
  /// Deepest nesting of lists and mappings.
  static final int DEPTH_MAX = 32;

  private static final int FEW_KEYS = 12;

  private Parser parser;
  private int linesBefore;
  private final Problems problems;
  private final int weightMax;
  private final Map<String, Node> outer = new HashMap<>();
  private final Map<String, Node> local = new HashMap<>();
  private boolean insideMonitor;
  private int weight;

  /// @param weightMax most nodes of one value, aliases expanded
  Composer(Parser parser, Problems problems, int weightMax) {
    this.parser = parser;
    this.problems = problems;
    this.weightMax = weightMax;
  }

  /// From now on the events are those of another parser.
  ///
  /// @param lines lines of the file that stand before the first one of its text
  void goOnWith(Parser other, int lines) {
    parser = other;
    linesBefore = lines;
  }

  /// The next value, all of it.
  Node compose(boolean monitor) {
    insideMonitor = monitor;
    weight = 0;
    if (monitor && !local.isEmpty()) {
      local.clear();
    }
    return node(0);
  }

  private Node node(int depth) {
    Event event = parser.getEvent();
    int line = line(event);
    int column = column(event);
    if (event instanceof AliasEvent alias) {
      return resolve(alias.getAnchor(), line, column);
    }
    if (!count(1, line, column) || !tagless(event, line, column)) {
      skipRest(event);
      return new Broken(line, column);
    }
    if (depth >= DEPTH_MAX && !(event instanceof ScalarEvent)) {
      problems.add(
          line, column, "nested too deeply; expected at most " + DEPTH_MAX + " levels; flatten it");
      skipRest(event);
      return new Broken(line, column);
    }
    Node made =
        switch (event) {
          case ScalarEvent scalar -> scalar(scalar, line, column);
          case SequenceStartEvent _ -> sequence(depth, line, column);
          case MappingStartEvent _ -> mapping(depth, line, column);
          default -> throw new IllegalStateException("unexpected event " + event.getEventId());
        };
    String anchor = ((NodeEvent) event).getAnchor();
    if (anchor != null) {
      (insideMonitor ? local : outer).put(anchor, made);
    }
    return made;
  }

  private Node resolve(String anchor, int line, int column) {
    Node target = local.get(anchor);
    if (target == null) {
      target = outer.get(anchor);
    }
    if (target == null) {
      problems.add(
          line,
          column,
          "alias `*"
              + Words.shorten(anchor)
              + "`: no such anchor here; anchors reach within one monitor and from"
              + " what stands before `monitors`; move the anchor into `defaults`");
      return new Broken(line, column);
    }
    return count(target.weight(), line, column) ? target : new Broken(line, column);
  }

  private boolean count(int nodes, int line, int column) {
    boolean fitted = weight <= weightMax;
    weight = (int) Math.min((long) weight + nodes, Integer.MAX_VALUE);
    if (weight > weightMax && fitted) {
      problems.add(
          line,
          column,
          "too much in one value; expected at most "
              + weightMax
              + " nodes with aliases expanded; split it");
    }
    return weight <= weightMax;
  }

  private boolean tagless(Event event, int line, int column) {
    String tag =
        switch (event) {
          case ScalarEvent scalar -> scalar.getTag();
          case SequenceStartEvent sequence -> sequence.getTag();
          case MappingStartEvent mapping -> mapping.getTag();
          default -> null;
        };
    if (tag == null) {
      return true;
    }
    problems.add(
        line, column, "tag `" + Words.shorten(tag) + "`: tags have no meaning here; remove it");
    return false;
  }

  static Scalar scalar(ScalarEvent event, int line, int column) {
    return new Scalar(event.getValue(), event.getScalarStyle() == ScalarStyle.PLAIN, line, column);
  }

  private Node sequence(int depth, int line, int column) {
    int before = weight;
    List<Node> items = new ArrayList<>();
    while (!parser.checkEvent(Event.ID.SequenceEnd)) {
      Node item = node(depth + 1);
      if (weight <= weightMax) {
        items.add(item);
      }
    }
    parser.getEvent();
    return new Sequence(items, line, column, weight - before + 1);
  }

  private Node mapping(int depth, int line, int column) {
    int before = weight;
    List<Entry> entries = new ArrayList<>();
    List<Node> merged = List.of();
    Map<String, Scalar> index = null;
    while (!parser.checkEvent(Event.ID.MappingEnd)) {
      Scalar key = key(depth);
      Node value = node(depth + 1);
      if (key == null || weight > weightMax) {
        continue;
      }
      if (key.plain() && key.text().equals("<<")) {
        merged = new ArrayList<>(merged);
        merged.add(value);
        continue;
      }
      if (index == null && entries.size() >= FEW_KEYS) {
        index = new HashMap<>();
        for (Entry entry : entries) {
          index.put(entry.key().text(), entry.key());
        }
      }
      Scalar first = index == null ? find(entries, key.text()) : index.get(key.text());
      if (first != null) {
        problems.add(
            key,
            "duplicate key `"
                + Words.shorten(key.text())
                + "`; it already stands at "
                + first.line()
                + ":"
                + first.column()
                + "; remove one");
        continue;
      }
      entries.add(new Entry(key, value));
      if (index != null) {
        index.put(key.text(), key);
      }
    }
    parser.getEvent();
    if (!merged.isEmpty()) {
      Set<String> names = new HashSet<>();
      entries.forEach(entry -> names.add(entry.key().text()));
      for (Node source : merged) {
        merge(source, entries, names);
      }
    }
    return new Mapping(entries, line, column, weight - before + 1);
  }

  private @Nullable Scalar key(int depth) {
    Event event = parser.peekEvent();
    if (event instanceof ScalarEvent && node(depth + 1) instanceof Scalar key) {
      return key;
    }
    if (!(event instanceof ScalarEvent)) {
      problems.add(
          line(event), column(event), "expected a key, a single word; found something else");
      node(depth + 1);
    }
    return null;
  }

  private static @Nullable Scalar find(List<Entry> entries, String key) {
    for (int i = 0; i < entries.size(); i++) {
      Scalar other = entries.get(i).key();
      if (other.text().equals(key)) {
        return other;
      }
    }
    return null;
  }

  /// What `<<` brings in stands behind the mapping's own keys and never replaces one.
  private void merge(Node source, List<Entry> into, Set<String> names) {
    switch (source) {
      case Mapping mapping -> {
        for (Entry entry : mapping.entries()) {
          if (names.add(entry.key().text())) {
            into.add(entry);
          }
        }
      }
      case Sequence sequence -> {
        for (Node item : sequence.items()) {
          if (item instanceof Sequence) {
            problems.add(item, "`<<`: expected a mapping, found a list");
          } else {
            merge(item, into, names);
          }
        }
      }
      case Scalar scalar -> problems.add(scalar, "`<<`: expected an alias of a mapping");
      case Broken _ -> {}
    }
  }

  /// Passes over what a start event opened.
  private void skipRest(Event start) {
    int open = start instanceof SequenceStartEvent || start instanceof MappingStartEvent ? 1 : 0;
    while (open > 0) {
      Event event = parser.getEvent();
      if (event instanceof SequenceStartEvent || event instanceof MappingStartEvent) {
        open++;
      } else if (event.is(Event.ID.SequenceEnd) || event.is(Event.ID.MappingEnd)) {
        open--;
      }
    }
  }

  int line(Event event) {
    return linesBefore + event.getStartMark().getLine() + 1;
  }

  static int column(Event event) {
    return event.getStartMark().getColumn() + 1;
  }
}
