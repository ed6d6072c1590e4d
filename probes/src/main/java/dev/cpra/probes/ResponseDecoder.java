package dev.cpra.probes;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;

/// Netty's decoder of HTTP answers with our bounds.
final class ResponseDecoder extends HttpResponseDecoder {
  /// Most bytes of a first line.
  static final int LINE_MAX = 4_096;

  /// Most bytes of a header.
  static final int HEADER_MAX = 16_384;

  private static final int CHUNK_MAX = 8_192;

  // Read from, never given away: their validation is for those who send them on.
  private static final HttpDecoderConfig CONFIG =
      new HttpDecoderConfig()
          .setMaxInitialLineLength(LINE_MAX)
          .setMaxHeaderSize(HEADER_MAX)
          .setMaxChunkSize(CHUNK_MAX)
          .setHeadersFactory(DefaultHttpHeadersFactory.headersFactory().withValidation(false))
          .setTrailersFactory(DefaultHttpHeadersFactory.trailersFactory().withValidation(false));

  boolean bodiless;

  ResponseDecoder() {
    super(CONFIG);
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    return bodiless || super.isContentAlwaysEmpty(message);
  }
}
