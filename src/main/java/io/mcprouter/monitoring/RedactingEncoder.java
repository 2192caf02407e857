package io.mcprouter.monitoring;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;

/** What another encoder writes, lines or JSON, with traces of exceptions, without secrets. */
public final class RedactingEncoder extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = {};

  private final Encoder<ILoggingEvent> encoder;
  private final Redaction redaction;

  public RedactingEncoder(Encoder<ILoggingEvent> encoder, Redaction redaction) {
    this.encoder = encoder;
    this.redaction = redaction;
  }

  /** What writes without looking for secrets. */
  public Encoder<ILoggingEvent> original() {
    return encoder;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    if (event instanceof LastEvent last) {
      last.arrived();
      return NOTHING;
    }
    byte[] written = encoder.encode(event);
    String text = new String(written, StandardCharsets.UTF_8);
    String clean = redaction.redacted(text);
    return clean.equals(text) ? written : clean.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] headerBytes() {
    return encoder.headerBytes();
  }

  @Override
  public byte[] footerBytes() {
    return encoder.footerBytes();
  }
}
