package dev.cpra.manifest.kind;

import dev.cpra.manifest.Field;
import dev.cpra.manifest.Type;
import java.util.regex.Pattern;

/// Keys that several kinds share.
final class Keys {
  static final Field RETRIES =
      Field.of(
              "retries",
              new Type.Whole(0, 100),
              "Further tries at once after a failed one; only when all fail has the job failed.")
          .or(0L);

  static final Field VERIFY_TLS =
      Field.of("verify_tls", Type.BOOL, "Whether the certificate must be trusted.").or(true);

  static final Field CERTIFICATE_DAYS =
      Field.of(
          "certificate_days",
          new Type.Whole(0, 3_650),
          "Days the server's certificates must still be valid; 0 for any.");

  static final Type HOST =
      new Type.Text(1, 253, Pattern.compile("[^\\s/]+"), "a host name or an address");

  static final Type PORT = new Type.Whole(1, 65_535);

  private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");

  private Keys() {}

  static Field method(String fallback) {
    return Field.of(
            "method",
            new Type.Text(1, 20, METHOD, "a method in capitals, such as GET or POST"),
            "The request's method.")
        .or(fallback);
  }
}
