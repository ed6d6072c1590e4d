package dev.cpra.manifest;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a key's value may be. Each type has one meaning in the loader and one in the JSON Schema.
public sealed interface Type {
  /// Longest string, unless a type says otherwise.
  int TEXT_LENGTH_MAX = 65_536;

  /// Longest list or mapping, unless a type says otherwise.
  int ITEMS_MAX = 1_000;

  /// A string of any form.
  Type TEXT = new Text(0, TEXT_LENGTH_MAX, null, "a string");

  /// A string that is not empty.
  Type NAME = new Text(1, 256, Pattern.compile("[^\\x00-\\x1f\\x7f]+"), "a name");

  /// `true` or `false`.
  Type BOOL = new Bool();

  /// A duration above zero.
  Type DURATION = new Duration(1, Durations.MAX_NANOS);

  /// A duration of zero or more.
  Type DURATION_OR_ZERO = new Duration(0, Durations.MAX_NANOS);

  /// A threshold or number of attempts as engines bound them.
  Type COUNT = new Whole(1, 1_000);

  /// An address that starts with `http://` or `https://`.
  Type HTTP_URL = new Url(List.of("http", "https"));

  /// One string or a list of them.
  Type TEXTS = new ListOf(TEXT, true, ITEMS_MAX);

  /// One name or a list of them.
  Type NAMES = new ListOf(NAME, true, ITEMS_MAX);

  /// A mapping of strings to strings.
  Type LABELS = new MapOf(TEXT, ITEMS_MAX);

  /// A string; a Java [String].
  ///
  /// @param pattern what the whole string must match, or null; understood by JSON Schema too
  /// @param expected the form in words
  record Text(int minLength, int maxLength, @Nullable Pattern pattern, String expected)
      implements Type {}

  /// `true` or `false`; a [Boolean].
  record Bool() implements Type {}

  /// An integer within a range, ends included; a [Long].
  record Whole(long min, long max) implements Type {}

  /// A number within a range, ends included; a [Double].
  record Decimal(double min, double max) implements Type {}

  /// A Go duration such as `1m30s`, within a range in nanoseconds; a [Long] of nanoseconds.
  record Duration(long minNanos, long maxNanos) implements Type {}

  /// A number of bytes, plain or with a unit (`64KiB`, `1MB`); a [Long].
  record Bytes(long min, long max) implements Type {}

  /// An absolute URL with a host and without user information; a [String].
  record Url(List<String> schemes) implements Type {}

  /// One of some words; a [String]. Variables are not replaced in it.
  record Choice(List<String> values) implements Type {
    /// One of these words.
    public static Choice of(String... values) {
      return new Choice(List.of(values));
    }
  }

  /// A list, or one item in its place where `orSingle`; a [List].
  record ListOf(Type item, boolean orSingle, int maxItems) implements Type {}

  /// A mapping with strings as keys; a [java.util.Map].
  record MapOf(Type value, int maxItems) implements Type {}

  /// A mapping of a known shape; a [Fields].
  record Nested(Shape shape) implements Type {}

  /// The first of several types whose form (scalar, list, mapping) fits; what that type gives.
  record Either(List<Type> types) implements Type {
    /// One of these.
    public static Either of(Type... types) {
      return new Either(List.of(types));
    }
  }

  /// A value of this type that whoever asked for the shape reads itself; a [Boolean], true if
  /// given.
  record Later(Type type) implements Type {}

  /// The config of the kind that the section's kind key names beside it; what [Kind#read] gives.
  record Config(Section section) implements Type {}
}
