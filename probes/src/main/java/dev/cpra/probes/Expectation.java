package dev.cpra.probes;

import dev.cpra.manifest.kind.HttpConfig;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an answer must look like. Immutable.
final class Expectation {
  /// Any 2xx, whatever the body.
  static final Expectation SUCCESS =
      new Expectation(HttpConfig.Expect.DEFAULT, HttpConfig.MAX_RESPONSE_BYTES_DEFAULT);

  /// Characters a regular expression may look at per character of text, and at least: one that
  /// backtracks without end must not hold its thread.
  private static final long LOOKS_PER_CHAR = 64;

  private static final long LOOKS_MIN = 100_000;

  private final HttpConfig.Expect expect;
  private final @Nullable ByteBuf contains;
  private final @Nullable Pattern pattern;
  private final int bytesMax;

  private Expectation(HttpConfig.Expect expect, int bytesMax) {
    this.expect = expect;
    this.bytesMax = bytesMax;
    String text = expect.bodyContains();
    String regex = expect.bodyRegex();
    this.contains =
        text == null
            ? null
            : Unpooled.unreleasableBuffer(
                Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8)).asReadOnly());
    this.pattern = regex == null ? null : Pattern.compile(regex);
  }

  static Expectation of(HttpConfig.Expect expect, int bytesMax) {
    // Nearly every monitor's.
    return bytesMax == SUCCESS.bytesMax && expect.equals(SUCCESS.expect)
        ? SUCCESS
        : new Expectation(expect, bytesMax);
  }

  /// Most bytes of a body; a longer one fails.
  int bytesMax() {
    return bytesMax;
  }

  boolean acceptsStatus(int status) {
    return expect.accepts(status);
  }

  /// Whether the body must be kept to be judged.
  boolean needsBody() {
    return contains != null || pattern != null;
  }

  /// What is wrong with a body; null if nothing. The body's own text is never repeated.
  @Nullable String wrongBody(@Nullable ByteBuf body) {
    ByteBuf bytes = body == null ? Unpooled.EMPTY_BUFFER : body;
    if (contains != null && ByteBufUtil.indexOf(contains, bytes) < 0) {
      return "the body does not contain the expected text";
    }
    if (pattern != null) {
      String text = bytes.toString(StandardCharsets.UTF_8);
      try {
        if (!pattern.matcher(new Budgeted(text)).find()) {
          return "the body does not match the expected expression";
        }
      } catch (OverBudget | StackOverflowError _) {
        return "the expected expression is too costly for this body";
      }
    }
    return null;
  }

  /// A text that counts how often it is looked at.
  private static final class Budgeted implements CharSequence {
    private final String text;
    private long looksLeft;

    Budgeted(String text) {
      this.text = text;
      this.looksLeft = Math.max(LOOKS_MIN, text.length() * LOOKS_PER_CHAR);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (--looksLeft < 0) {
        throw new OverBudget();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private static final class OverBudget extends RuntimeException {
    private static final long serialVersionUID = 1;

    OverBudget() {
      super(null, null, false, false);
    }
  }
}
