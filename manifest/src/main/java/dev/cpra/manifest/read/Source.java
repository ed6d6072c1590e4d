package dev.cpra.manifest.read;

import java.io.BufferedInputStream;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.yaml.snakeyaml.reader.StreamReader;

/// The text of a file: `.gz` unpacked, strictly UTF-8, without byte order mark.
final class Source {
  private static final int BUFFER_BYTES = 1 << 16;

  private Source() {}

  /// Opens the text.
  ///
  /// @throws IOException that a [java.nio.charset.CharacterCodingException] or a
  ///   [java.util.zip.ZipException] may be, also when reading on
  static Reader open(Path file) throws IOException {
    InputStream bytes = Files.newInputStream(file);
    try {
      String name = file.toString();
      if (name.endsWith(".gz")) {
        bytes = new GZIPInputStream(bytes, BUFFER_BYTES);
        name = name.substring(0, name.length() - 3);
      }
      Reader text =
          new InputStreamReader(
              withoutMark(new BufferedInputStream(bytes, BUFFER_BYTES)),
              StandardCharsets.UTF_8
                  .newDecoder()
                  .onMalformedInput(CodingErrorAction.REPORT)
                  .onUnmappableCharacter(CodingErrorAction.REPORT));
      return name.endsWith(".json") ? new TabsAsSpaces(text) : text;
    } catch (IOException failed) {
      bytes.close();
      throw failed;
    }
  }

  private static InputStream withoutMark(InputStream bytes) throws IOException {
    PushbackInputStream back = new PushbackInputStream(bytes, 3);
    byte[] start = back.readNBytes(3);
    boolean marked =
        start.length == 3
            && start[0] == (byte) 0xEF
            && start[1] == (byte) 0xBB
            && start[2] == (byte) 0xBF;
    if (!marked) {
      back.unread(start);
    }
    return back;
  }

  /// JSON may be indented with tabs, YAML may not; inside JSON's strings there are none.
  private static final class TabsAsSpaces extends FilterReader {
    TabsAsSpaces(Reader in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int c = super.read();
      return c == '\t' ? ' ' : c;
    }

    @Override
    public int read(char[] into, int offset, int length) throws IOException {
      int count = super.read(into, offset, length);
      for (int i = offset; i < offset + count; i++) {
        if (into[i] == '\t') {
          into[i] = ' ';
        }
      }
      return count;
    }
  }

  /// The place of the first character that is no text, found by reading the file again.
  ///
  /// @return line and column, or the place where decoding stopped
  static int[] firstUnreadable(Path file) {
    int line = 1;
    int column = 1;
    try (InputStream raw = Files.newInputStream(file);
        InputStream bytes =
            withoutMark(
                new BufferedInputStream(
                    file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw))) {
      Utf8 decoder = new Utf8(bytes);
      while (true) {
        int c = decoder.next();
        if (c < 0 || !StreamReader.isPrintable(c)) {
          return new int[] {line, column};
        }
        if (c == '\n') {
          line++;
          column = 1;
        } else {
          column++;
        }
      }
    } catch (IOException _) {
      return new int[] {line, column};
    }
  }

  /// Decodes one code point at a time, so that the place of a malformed one is known.
  private record Utf8(InputStream bytes) {
    /// The next code point; -1 at the end or at something malformed.
    int next() throws IOException {
      int first = bytes.read();
      if (first < 0x80) {
        return first;
      }
      int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
      byte[] sequence = new byte[more + 1];
      sequence[0] = (byte) first;
      if (bytes.readNBytes(sequence, 1, more) < more) {
        return -1;
      }
      try {
        return StandardCharsets.UTF_8
            .newDecoder()
            .decode(java.nio.ByteBuffer.wrap(sequence))
            .toString()
            .codePointAt(0);
      } catch (java.nio.charset.CharacterCodingException _) {
        return -1;
      }
    }
  }
}
