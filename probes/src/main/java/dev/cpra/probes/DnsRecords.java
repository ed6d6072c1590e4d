package dev.cpra.probes;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsPtrRecord;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.util.NetUtil;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// DNS records as text, in the form of zone files: names in small letters and without their last
/// dot.
final class DnsRecords {
  private DnsRecords() {}

  /// A record's data as text; null if it is malformed.
  static @Nullable String text(DnsRecord record) {
    if (record instanceof DnsPtrRecord pointer) {
      return name(pointer.hostname());
    }
    if (!(record instanceof DnsRawRecord raw)) {
      return null;
    }
    try {
      // Names may point back into the message, which the buffer still holds.
      return text(record.type(), raw.content().duplicate());
    } catch (RuntimeException _) {
      return null;
    }
  }

  /// What a user expects, in the same form.
  static String expected(DnsRecordType type, String text) {
    if (type.equals(DnsRecordType.TXT)) {
      return text;
    }
    if (type.equals(DnsRecordType.A) || type.equals(DnsRecordType.AAAA)) {
      byte[] address = NetUtil.createByteArrayFromIpAddressString(text);
      return address == null ? text : NetUtil.bytesToIpAddress(address);
    }
    if (type.equals(DnsRecordType.CAA)) {
      return text.replace("\"", "");
    }
    String[] words = text.strip().split("\\s+", -1);
    for (int i = 0; i < words.length; i++) {
      words[i] = name(words[i]);
    }
    return String.join(" ", words);
  }

  private static @Nullable String text(DnsRecordType type, ByteBuf data) {
    return switch (type.name()) {
      case "A", "AAAA" -> {
        byte[] address = new byte[type.equals(DnsRecordType.A) ? 4 : 16];
        if (data.readableBytes() != address.length) {
          yield null;
        }
        data.readBytes(address);
        yield NetUtil.bytesToIpAddress(address);
      }
      case "CNAME", "NS", "PTR" -> readName(data);
      case "MX" -> data.readUnsignedShort() + " " + readName(data);
      case "SRV" ->
          data.readUnsignedShort()
              + " "
              + data.readUnsignedShort()
              + " "
              + data.readUnsignedShort()
              + " "
              + readName(data);
      case "SOA" -> readName(data) + " " + readName(data) + " " + data.readUnsignedInt();
      case "TXT" -> {
        StringBuilder text = new StringBuilder();
        while (data.isReadable()) {
          text.append(data.readString(data.readUnsignedByte(), StandardCharsets.UTF_8));
        }
        yield text.toString();
      }
      case "CAA" -> {
        int flags = data.readUnsignedByte();
        String tag = data.readString(data.readUnsignedByte(), StandardCharsets.US_ASCII);
        String value = data.readString(data.readableBytes(), StandardCharsets.UTF_8);
        yield flags + " " + tag + " " + value;
      }
      default -> null;
    };
  }

  private static String readName(ByteBuf data) {
    return name(DefaultDnsRecordDecoder.decodeName(data));
  }

  private static String name(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.length() > 1 && lower.endsWith(".")
        ? lower.substring(0, lower.length() - 1)
        : lower;
  }
}
