package dev.cpra.probes;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cpra.manifest.kind.DnsConfig;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.handler.codec.dns.TcpDnsResponseDecoder;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/// Whatever a server answers, it is judged without an exception, each record has a text of the form
/// of its type or none, and no buffer is held after. Without fuzzing the kept inputs are replayed.
final class DnsAnswerFuzzTest {
  private static final List<String> TYPES =
      List.of("A", "AAAA", "CNAME", "MX", "TXT", "NS", "SRV", "SOA", "PTR", "CAA");

  @FuzzTest(maxDuration = "1m")
  @Timeout(value = 20, unit = TimeUnit.SECONDS)
  void anyAnswerIsJudged(byte[] input) {
    UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);
    EmbeddedChannel channel = new EmbeddedChannel(new TcpDnsResponseDecoder());
    ByteBuf message = allocator.buffer(input.length + 2);
    message.writeShort(input.length).writeBytes(input, 0, Math.min(input.length, 65_535));
    try {
      channel.writeInbound(message);
    } catch (DecoderException _) {
      // not DNS: the run says so
    }
    for (Object each = channel.readInbound(); each != null; each = channel.readInbound()) {
      if (each instanceof DnsResponse response) {
        judge(response);
      }
      ReferenceCountUtil.release(each);
    }
    var _ = channel.finishAndReleaseAll();
    assertThat(allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory())
        .as("bytes of buffers not released")
        .isZero();
  }

  private static void judge(DnsResponse response) {
    for (String type : TYPES) {
      var _ = new DnsExpectation(DnsConfig.Expect.DEFAULT, type).wrong(response);
    }
    for (int i = 0, n = response.count(DnsSection.ANSWER); i < n; i++) {
      DnsRecord record = response.recordAt(DnsSection.ANSWER, i);
      String text = DnsRecords.text(record);
      if (text != null && record.type().name().equals("A")) {
        assertThat(text).matches("[0-9]{1,3}([.][0-9]{1,3}){3}");
      }
    }
  }
}
