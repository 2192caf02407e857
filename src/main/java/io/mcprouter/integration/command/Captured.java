package io.mcprouter.integration.command;

import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;

/** What a program wrote. */
final class Captured extends ByteArrayInputStream {
  Captured(byte[] bytes) {
    super(bytes);
  }

  String text(Charset charset) {
    return new String(buf, 0, count, charset);
  }
}
