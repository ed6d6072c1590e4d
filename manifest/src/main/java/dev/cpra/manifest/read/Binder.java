package dev.cpra.manifest.read;

import dev.cpra.manifest.Field;
import dev.cpra.manifest.Fields;
import dev.cpra.manifest.Kind;
import dev.cpra.manifest.LoadOptions;
import dev.cpra.manifest.Section;
import dev.cpra.manifest.Shape;
import dev.cpra.manifest.Type;
import dev.cpra.manifest.read.Node.Entry;
import dev.cpra.manifest.read.Node.Mapping;
import dev.cpra.manifest.read.Node.Scalar;
import dev.cpra.manifest.read.Node.Sequence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Checks nodes against shapes and hands out their values. Every problem is reported with its place
/// and the way to it; nothing stops at the first. Used by one thread.
public final class Binder {
  private static final String RETRIES = "retries";

  private final LoadOptions options;
  private final Problems problems;
  private final Variables variables;
  private final Sharing sharing;
  private final Deque<String> path = new ArrayDeque<>();
  private String subjectNoun = "";
  private @Nullable String subjectName;

  /// Reports to these problems.
  public Binder(LoadOptions options, Problems problems) {
    this(options, problems, new Sharing());
  }

  /// Reports to these problems, and shares with others.
  Binder(LoadOptions options, Problems problems, Sharing sharing) {
    this.options = options;
    this.sharing = sharing;
    this.problems = problems;
    this.variables = new Variables(options.variables());
  }

  /// What the following messages are about, such as ``monitor `web-1` ``.
  ///
  /// @param name null for nothing
  public void subject(String noun, @Nullable String name) {
    subjectNoun = noun;
    subjectName = name;
  }

  /// The name of a subject in the form messages have.
  public static String named(String noun, String name) {
    return noun + " `" + Words.shorten(name) + "`: ";
  }

  /// An equal object shared before, or this one.
  public <T> T share(T value) {
    return sharing.share(value);
  }

  /// Reports something at a node, with the subject in front.
  public void problem(Node at, String message) {
    if (at instanceof Node.Broken) {
      problems.known();
      return;
    }
    StringBuilder text = new StringBuilder();
    if (subjectName != null) {
      text.append(named(subjectNoun, subjectName));
    }
    if (!path.isEmpty()) {
      text.append('`');
      Iterator<String> keys = path.descendingIterator();
      while (keys.hasNext()) {
        text.append(keys.next());
        if (keys.hasNext()) {
          text.append('.');
        }
      }
      text.append("`: ");
    }
    problems.add(at, text.append(message).toString());
  }

  /// The text of a scalar for a message or a first look, or null; nothing is reported.
  public @Nullable String peek(Node node, String key) {
    if (node instanceof Mapping mapping && mapping.get(key) instanceof Scalar scalar) {
      return scalar.text();
    }
    return null;
  }

  /// The fields of a mapping, or null when anything in it is wrong.
  public @Nullable Fields bind(Shape shape, Node node) {
    long before = problems.reports();
    Fields fields = bindLoosely(shape, node);
    return problems.reports() == before ? fields : null;
  }

  /// The fields of a mapping, also when some are wrong: those have no value though they are given.
  /// Null if the node is no mapping. [#reports] tells whether anything was wrong.
  public @Nullable Fields bindLoosely(Shape shape, Node node) {
    return mapping(shape, node, null);
  }

  /// Line and column of a key's value, or of the mapping if the key is not given.
  public int[] place(Fields fields, String key) {
    Bound bound = (Bound) fields;
    Node node = bound.nodes[bound.at(key)];
    Node at = node == null ? bound.mapping : node;
    return new int[] {at.line(), at.column()};
  }

  /// Line and column of a mapping.
  public int[] place(Fields fields) {
    Bound bound = (Bound) fields;
    return new int[] {bound.mapping.line(), bound.mapping.column()};
  }

  /// Grows with everything that is reported.
  public long reports() {
    return problems.reports();
  }

  /// Like [#bindLoosely], below a key that stands in the messages.
  public @Nullable Fields bindLoosely(String key, Shape shape, Node node) {
    path.push(key);
    try {
      return bindLoosely(shape, node);
    } finally {
      path.pop();
    }
  }

  private @Nullable Bound mapping(Shape shape, Node node, @Nullable Long outerRetries) {
    if (!(node instanceof Mapping mapping)) {
      problem(node, "expected a mapping, found " + Words.found(node, false));
      return null;
    }
    Bound bound = new Bound(this, shape, mapping, List.copyOf(path));
    for (Entry entry : mapping.entries()) {
      int position = shape.position(entry.key().text());
      if (position < 0) {
        problem(
            entry.key(),
            "unknown key `"
                + Words.shorten(entry.key().text())
                + "`"
                + Words.suggestion(entry.key().text(), shape.keys()));
      } else {
        given(bound, position, entry);
      }
    }
    if (outerRetries != null) {
      retries(bound, outerRetries);
    }
    configs(bound);
    for (int i = 0; i < shape.fields().size(); i++) {
      Field field = shape.fields().get(i);
      if (field.required() && bound.nodes[i] == null) {
        problem(
            mapping, "missing key `" + field.key() + "`; expected " + Words.expected(field.type()));
      }
    }
    Rules.check(this, bound);
    return bound;
  }

  private void given(Bound bound, int position, Entry entry) {
    Field field = bound.shape.fields().get(position);
    if (field.type() instanceof Type.Config) {
      bound.nodes[position] = entry.value();
      return;
    }
    path.push(entry.key().text());
    Object value = value(field.type(), entry.value(), field.secret());
    if (bound.nodes[position] == null) {
      bound.nodes[position] = entry.value();
      bound.values[position] = value;
      bound.places[position] = entry.key();
    } else if (value != null
        && bound.values[position] != null
        && !value.equals(bound.values[position])) {
      problem(
          entry.value(),
          "another name of `"
              + bound.keyAt(position)
              + "`, which has a different value at "
              + bound.nodes[position].line()
              + ":"
              + bound.nodes[position].column()
              + "; keep one of them");
    }
    path.pop();
  }

  /// Tries given beside a config count like those given in it.
  private void retries(Bound bound, long outer) {
    int position = bound.shape.position(RETRIES);
    if (position < 0) {
      problem(bound.mapping, "`retries` have no meaning for this kind; remove them");
    } else if (bound.nodes[position] == null) {
      bound.values[position] = outer;
    } else if (bound.values[position] instanceof Long inner && inner != outer) {
      problem(
          bound.nodes[position],
          "`retries` are given twice with different values; keep one of them");
    }
  }

  private void configs(Bound bound) {
    List<Field> fields = bound.shape.fields();
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).type() instanceof Type.Config config) {
        config(bound, i, config.section());
      }
    }
  }

  private void config(Bound bound, int position, Section section) {
    int kindPosition = bound.shape.position(section.kindKey());
    Object name = bound.get(section.kindKey());
    Kind<?> kind = name instanceof String text ? options.kinds().find(section, text) : null;
    if (kind == null) {
      return;
    }
    Node kindNode = bound.nodes[kindPosition];
    if (options.requireAvailable() && !kind.available() && kindNode != null) {
      path.push(section.kindKey());
      problem(kindNode, "not available yet: " + kind.name() + "; " + kind.unavailableReason());
      path.pop();
    }
    Node node = bound.nodes[position];
    if (node == null) {
      return;
    }
    path.push(section.configKey());
    long before = problems.reports();
    Object outer =
        bound.shape.position(RETRIES) >= 0 && bound.has(RETRIES) ? bound.get(RETRIES) : null;
    Bound inner = mapping(kind.shape(), node, outer instanceof Long tries ? tries : null);
    if (inner != null && problems.reports() == before) {
      bound.values[position] = contained(kind, inner, node);
    }
    path.pop();
  }

  /// One kind that fails on one config fails that monitor, not the file.
  private @Nullable Object contained(Kind<?> kind, Bound fields, Node node) {
    try {
      return kind.read(fields);
    } catch (RuntimeException failed) {
      problem(
          node,
          failed instanceof IllegalArgumentException
              ? String.valueOf(failed.getMessage())
              : "the kind `"
                  + kind.name()
                  + "` cannot read it: "
                  + failed.getClass().getSimpleName());
      return null;
    }
  }

  /// The value in its type's Java form, or null when it is wrong and reported.
  private @Nullable Object value(Type type, Node node, boolean secret) {
    if (node instanceof Node.Broken) {
      problems.known();
      return null;
    }
    return switch (type) {
      case Type.Either either -> either(either, node, secret);
      case Type.ListOf list -> list(list, node, secret);
      case Type.MapOf map -> map(map, node, secret);
      case Type.Nested nested -> mapping(nested.shape(), node, null);
      case Type.Later _ -> true;
      case Type.Config _ -> throw new IllegalStateException("a config is read with its kind");
      default -> scalar(type, node, secret);
    };
  }

  private @Nullable Object either(Type.Either either, Node node, boolean secret) {
    Node seen = node;
    if (node instanceof Scalar scalar && Variables.in(scalar.text())) {
      try {
        seen = new Scalar(variables.expand(scalar.text()), true, scalar.line(), scalar.column());
      } catch (Variables.Unset unset) {
        problem(node, String.valueOf(unset.getMessage()));
        return null;
      }
    }
    for (Type type : either.types()) {
      if (fits(type, node, seen)) {
        return value(type, node, secret);
      }
    }
    problem(node, "expected " + Words.expected(either) + ", found " + Words.found(node, secret));
    return null;
  }

  /// Whether a node may be of this type.
  ///
  /// @param seen the node with its variables replaced: a value that looks like a number is one
  private static boolean fits(Type type, Node node, Node seen) {
    return switch (type) {
      case Type.Nested _, Type.MapOf _, Type.Config _ -> node instanceof Mapping;
      case Type.ListOf list ->
          node instanceof Sequence || (list.orSingle() && fits(list.item(), node, seen));
      case Type.Either either -> either.types().stream().anyMatch(one -> fits(one, node, seen));
      case Type.Later later -> fits(later.type(), node, seen);
      case Type.Whole _, Type.Decimal _ ->
          seen instanceof Scalar scalar
              && switch (Scalars.classify(scalar)) {
                case INT, FLOAT -> true;
                case TEXT, NULL, BOOL -> false;
              };
      case Type.Bool _ ->
          seen instanceof Scalar scalar && Scalars.classify(scalar) == Scalars.Form.BOOL;
      default -> node instanceof Scalar scalar && Scalars.classify(scalar) == Scalars.Form.TEXT;
    };
  }

  private @Nullable List<Object> list(Type.ListOf type, Node node, boolean secret) {
    if (!(node instanceof Sequence sequence)) {
      if (!type.orSingle()) {
        problem(node, "expected a list, found " + Words.found(node, secret));
        return null;
      }
      Object only = value(type.item(), node, secret);
      return only == null ? null : List.of(only);
    }
    if (sequence.items().size() > type.maxItems()) {
      problem(
          node, "expected at most " + type.maxItems() + " items, found " + sequence.items().size());
      return null;
    }
    List<Object> items = new ArrayList<>(sequence.items().size());
    for (Node item : sequence.items()) {
      Object value = value(type.item(), item, secret);
      if (value != null) {
        items.add(value);
      }
    }
    return items.size() == sequence.items().size() ? List.copyOf(items) : null;
  }

  private @Nullable Map<String, Object> map(Type.MapOf type, Node node, boolean secret) {
    if (!(node instanceof Mapping mapping)) {
      problem(node, "expected a mapping, found " + Words.found(node, secret));
      return null;
    }
    if (mapping.entries().size() > type.maxItems()) {
      problem(
          node, "expected at most " + type.maxItems() + " keys, found " + mapping.entries().size());
      return null;
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (Entry entry : mapping.entries()) {
      path.push(Words.shorten(entry.key().text()));
      Object value = value(type.value(), entry.value(), secret);
      path.pop();
      if (value != null) {
        values.put(entry.key().text(), value);
      }
    }
    return values;
  }

  private @Nullable Object scalar(Type type, Node node, boolean secret) {
    if (!(node instanceof Scalar scalar)) {
      problem(node, "expected " + Words.expected(type) + ", found " + Words.found(node, secret));
      return null;
    }
    try {
      if (!(type instanceof Type.Choice) && Variables.in(scalar.text())) {
        String expanded = variables.expand(scalar.text());
        boolean text = type instanceof Type.Text || type instanceof Type.Url;
        Scalar stand = new Scalar(expanded, true, scalar.line(), scalar.column());
        return Scalars.convert(
            type, expanded, text ? Scalars.Form.TEXT : Scalars.classify(stand), true);
      }
      if ((type instanceof Type.Choice && !scalar.text().isEmpty())
          || Scalars.classify(scalar) != Scalars.Form.NULL) {
        return Scalars.convert(type, scalar.text(), Scalars.classify(scalar), false);
      }
      problem(
          node,
          "expected " + Words.expected(type) + ", found nothing; give a value or remove the key");
    } catch (Variables.Unset unset) {
      problem(node, String.valueOf(unset.getMessage()));
    } catch (Scalars.Wrong wrong) {
      String message = String.valueOf(wrong.getMessage());
      int remedy = message.indexOf("; ");
      String expected = remedy < 0 ? message : message.substring(0, remedy);
      boolean hidden = secret || Variables.in(scalar.text());
      String mend = remedy < 0 || hidden ? "" : message.substring(remedy);
      problem(node, expected + ", found " + Words.found(node, secret) + mend);
    }
    return null;
  }

  /// Reports something below the way that led to a mapping, however far the binder has gone since.
  void problemBelow(List<String> where, @Nullable String key, Node at, String message) {
    List<String> now = List.copyOf(path);
    path.clear();
    path.addAll(where);
    if (key != null) {
      path.push(key);
    }
    problem(at, message);
    path.clear();
    path.addAll(now);
  }
}
