package dev.cpra.probes;

import com.google.re2j.Pattern;
import dev.cpra.manifest.kind.DnsConfig;
import dev.cpra.manifest.kind.Regexes;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a DNS answer must look like. Immutable. What the server answered is never repeated.
final class DnsExpectation {
  private final DnsConfig.Expect expect;
  private final DnsRecordType type;
  private final List<String> contains;
  private final List<String> exactly;
  private final @Nullable Pattern pattern;

  DnsExpectation(DnsConfig.Expect expect, String record) {
    this.expect = expect;
    this.type = DnsRecordType.valueOf(record);
    this.contains =
        expect.contains().stream().map(each -> DnsRecords.expected(type, each)).toList();
    this.exactly =
        expect.exactly().stream().map(each -> DnsRecords.expected(type, each)).sorted().toList();
    String regex = expect.regex();
    this.pattern = regex == null ? null : Regexes.compile(regex);
  }

  /// What is wrong with an answer; null if nothing.
  @Nullable Wrong wrong(DnsResponse response) {
    String code = name(response.code());
    if (!code.equals(expect.code())) {
      return new Wrong(Reason.STATUS, "response code " + code);
    }
    List<String> records = new ArrayList<>();
    for (int i = 0, n = response.count(DnsSection.ANSWER); i < n; i++) {
      DnsRecord record = response.recordAt(DnsSection.ANSWER, i);
      if (record.type().equals(type)) {
        String text = DnsRecords.text(record);
        if (text == null) {
          return new Wrong(Reason.PROTOCOL, "a record of the answer cannot be read");
        }
        records.add(text);
      }
    }
    return wrong(records);
  }

  private @Nullable Wrong wrong(List<String> records) {
    if (records.size() < expect.recordsMin()) {
      return content(records.size() + " record(s), expected at least " + expect.recordsMin());
    }
    for (int i = 0; i < contains.size(); i++) {
      if (!records.contains(contains.get(i))) {
        return content("the record `" + expect.contains().get(i) + "` is missing");
      }
    }
    if (!exactly.isEmpty() && !records.stream().sorted().toList().equals(exactly)) {
      return content("the records are not exactly the expected ones");
    }
    if (pattern != null && records.stream().noneMatch(each -> pattern.matcher(each).find())) {
      return content("no record matches the expected expression");
    }
    return null;
  }

  private static String name(DnsResponseCode code) {
    return switch (code.intValue()) {
      case 0 -> "NOERROR";
      case 2 -> "SERVFAIL";
      case 3 -> "NXDOMAIN";
      case 5 -> "REFUSED";
      default -> Integer.toString(code.intValue());
    };
  }

  private static Wrong content(String text) {
    return new Wrong(Reason.CONTENT, text);
  }
}
