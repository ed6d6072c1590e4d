package dev.cpra.harness.result;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// HdrHistograms as text: their compressed form (V2) in base64.
public final class Histograms {

  private Histograms() {}

  /// The histogram as text; null if it has no values.
  public static @Nullable String encode(Histogram histogram) {
    if (histogram.getTotalCount() == 0) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    ByteBuffer written = ByteBuffer.wrap(buffer.array(), 0, length);
    return new String(Base64.getEncoder().encode(written).array(), StandardCharsets.US_ASCII);
  }

  /// The histogram of a text that [#encode] wrote; null for null.
  ///
  /// @throws IllegalArgumentException if the text is no such thing
  public static @Nullable Histogram decode(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
      return Histogram.decodeFromCompressedByteBuffer(bytes, 0);
    } catch (DataFormatException | RuntimeException e) {
      throw new IllegalArgumentException(
          "Expected a compressed HdrHistogram in base64, found "
              + text.length()
              + " characters: "
              + e,
          e);
    }
  }
}
