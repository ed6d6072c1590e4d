package dev.cpra.manifest.read;

import dev.cpra.manifest.Durations;
import dev.cpra.manifest.Type;
import dev.cpra.manifest.read.Node.Scalar;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Turns one scalar into a value of a type, or says why it is none.
public final class Scalars {
  /// What a plain scalar means, as JSON would have it.
  public enum Form {
    /// `null`, `~` or nothing at all.
    NULL,
    /// `true` or `false`.
    BOOL,
    /// Digits.
    INT,
    /// A number with a fraction or an exponent.
    FLOAT,
    /// Everything else, and all that is quoted.
    TEXT
  }

  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?");
  private static final Pattern BYTES = Pattern.compile("([0-9]{1,12})(B|kB|MB|KiB|MiB)");
  private static final int DIGITS_MAX = 40;

  private Scalars() {}

  /// A conversion that failed. The message has the form `expected ...; remedy`.
  static final class Wrong extends Exception {
    private static final long serialVersionUID = 1;

    Wrong(String message) {
      super(message);
    }
  }

  /// What this scalar means.
  public static Form classify(Scalar scalar) {
    return scalar.plain() ? classify(scalar.text()) : Form.TEXT;
  }

  private static Form classify(String text) {
    if (text.isEmpty() || text.equals("~")) {
      return Form.NULL;
    }
    char first = text.charAt(0);
    if ((first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.') {
      return number(text);
    }
    return switch (text) {
      case "null", "Null", "NULL" -> Form.NULL;
      case "true", "True", "TRUE", "false", "False", "FALSE" -> Form.BOOL;
      default -> Form.TEXT;
    };
  }

  private static Form number(String text) {
    if (text.length() > DIGITS_MAX) {
      return Form.TEXT;
    }
    int start = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
    boolean digits = start < text.length();
    for (int i = start; i < text.length() && digits; i++) {
      digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    if (digits) {
      boolean leadingZero = text.length() - start > 1 && text.charAt(start) == '0';
      return leadingZero ? Form.TEXT : Form.INT;
    }
    return FLOAT.matcher(text).matches() ? Form.FLOAT : Form.TEXT;
  }

  /// The value in the type's Java form.
  ///
  /// @param text the scalar's text with variables replaced
  /// @param form what the text means; after a replacement what it would mean without quotes
  /// @param replaced whether a variable was replaced, so that a number may stand in quotes
  static Object convert(Type type, String text, Form form, boolean replaced) throws Wrong {
    return switch (type) {
      case Type.Text wanted -> text(wanted, text, replaced ? Form.TEXT : form);
      case Type.Bool wanted -> {
        if (form != Form.BOOL) {
          throw wrong(
              wanted, form, text.equals("yes") || text.equals("on") ? "write `true`" : null);
        }
        yield text.charAt(0) == 't' || text.charAt(0) == 'T';
      }
      case Type.Whole wanted -> whole(wanted, text, form);
      case Type.Decimal wanted -> {
        if (form != Form.INT && form != Form.FLOAT) {
          throw wrong(wanted, form, null);
        }
        double number = Double.parseDouble(text);
        if (!(number >= wanted.min() && number <= wanted.max())) {
          throw new Wrong("expected " + Words.expected(wanted));
        }
        yield number;
      }
      case Type.Duration wanted -> duration(wanted, text, form);
      case Type.Bytes wanted -> bytes(wanted, text, form);
      case Type.Url wanted -> url(wanted, text, replaced ? Form.TEXT : form);
      case Type.Choice wanted -> {
        if (!wanted.values().contains(text)) {
          String near = Words.nearest(text, wanted.values());
          throw new Wrong(
              "expected "
                  + Words.expected(wanted)
                  + (near == null ? "" : "; did you mean `" + near + "`?"));
        }
        yield text;
      }
      default -> throw new IllegalStateException("no scalar: " + type);
    };
  }

  private static Wrong wrong(Type type, Form form, @Nullable String remedy) {
    String mend = remedy;
    if (mend == null && form == Form.NULL) {
      mend = "give a value or remove the key";
    }
    return new Wrong("expected " + Words.expected(type) + (mend == null ? "" : "; " + mend));
  }

  private static String text(Type.Text type, String text, Form form) throws Wrong {
    if (form != Form.TEXT) {
      throw wrong(type, form, form == Form.NULL ? null : "put it in quotes: `\"" + text + "\"`");
    }
    int length = text.codePointCount(0, text.length());
    if (length < type.minLength() || length > type.maxLength()) {
      throw new Wrong(
          "expected "
              + type.expected()
              + " of "
              + type.minLength()
              + " to "
              + type.maxLength()
              + " characters; it has "
              + length);
    }
    if (type.pattern() != null && !matches(type, text)) {
      throw new Wrong("expected " + type.expected());
    }
    return text;
  }

  /// Names, the most frequent of all, in a tenth of the time.
  private static boolean matches(Type.Text type, String text) {
    if (!type.equals(Type.NAME)) {
      return type.pattern() == null || type.pattern().matcher(text).matches();
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == 0x7F) {
        return false;
      }
    }
    return true;
  }

  private static long whole(Type.Whole type, String text, Form form) throws Wrong {
    if (form == Form.INT || form == Form.FLOAT) {
      try {
        long number = new BigDecimal(text).longValueExact();
        if (number >= type.min() && number <= type.max()) {
          return number;
        }
      } catch (ArithmeticException _) {
        // Falls through to the one message there is: the number is outside the range or a fraction.
      }
      throw new Wrong("expected " + Words.expected(type));
    }
    boolean quoted = form == Form.TEXT && classify(text) == Form.INT;
    throw wrong(type, form, quoted ? "remove the quotes" : null);
  }

  private static long duration(Type.Duration type, String text, Form form) throws Wrong {
    if (form == Form.INT && text.equals("0") && type.minNanos() <= 0) {
      return 0;
    }
    if (form != Form.TEXT) {
      boolean unitMissing = form == Form.INT && !text.equals("0") && text.length() < 10;
      throw wrong(type, form, unitMissing ? "add a unit: `" + text + "s`" : null);
    }
    long nanos;
    try {
      nanos = Durations.parse(text);
    } catch (IllegalArgumentException _) {
      throw wrong(type, form, remedy(text));
    }
    if (nanos < type.minNanos()) {
      throw new Wrong("expected " + Words.expected(type));
    }
    if (nanos > type.maxNanos()) {
      throw new Wrong("expected a duration of at most " + Durations.format(type.maxNanos()));
    }
    return nanos;
  }

  private static @Nullable String remedy(String text) {
    if (text.endsWith("d")
        && text.length() < 6
        && classify(text.substring(0, text.length() - 1)) == Form.INT) {
      return "there are no days: `"
          + 24 * Long.parseLong(text.substring(0, text.length() - 1))
          + "h`";
    }
    String packed = text.replace(" ", "");
    return packed.length() < text.length() && packed.matches(Durations.PATTERN)
        ? "leave out the spaces: `" + packed + "`"
        : null;
  }

  private static long bytes(Type.Bytes type, String text, Form form) throws Wrong {
    if (form == Form.TEXT) {
      Matcher parts = BYTES.matcher(text);
      if (!parts.matches()) {
        throw wrong(type, form, null);
      }
      long unit =
          switch (parts.group(2)) {
            case "kB" -> 1_000;
            case "MB" -> 1_000_000;
            case "KiB" -> 1 << 10;
            case "MiB" -> 1 << 20;
            default -> 1;
          };
      return within(type, Long.parseLong(parts.group(1)) * unit);
    }
    return within(type, whole(new Type.Whole(type.min(), type.max()), text, form));
  }

  private static long within(Type.Bytes type, long bytes) throws Wrong {
    if (bytes < type.min() || bytes > type.max()) {
      throw new Wrong("expected " + Words.expected(type));
    }
    return bytes;
  }

  private static String url(Type.Url type, String text, Form form) throws Wrong {
    if (form != Form.TEXT || text.length() > 8_192) {
      throw wrong(type, form, null);
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException _) {
      throw wrong(type, form, "characters such as spaces are written as `%20`");
    }
    if (uri.getScheme() == null || !type.schemes().contains(uri.getScheme())) {
      throw wrong(type, form, null);
    }
    String authority = uri.getRawAuthority();
    if (authority != null && authority.indexOf('@') >= 0) {
      throw new Wrong("expected a URL without user and password; move them to `auth`");
    }
    if (uri.getHost() == null || uri.getPort() > 65_535 || uri.getPort() == 0) {
      throw new Wrong(
          "expected a URL with a host of letters, digits, `-` and `.` and a port from 1 to 65535");
    }
    return text;
  }
}
