package io.mcprouter.transport.spi;

import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.MalformedMessage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Converter;
import org.apache.camel.TypeConverters;

/** Lets a route read and write messages as text, bytes or streams. */
public final class FrameConverters implements TypeConverters {
  @Converter
  public static String toText(Frame frame) {
    return new String(frame.bytes(), StandardCharsets.UTF_8);
  }

  @Converter
  public static byte[] toBytes(Frame frame) {
    return frame.bytes();
  }

  @Converter
  public static InputStream toStream(Frame frame) {
    return new ByteArrayInputStream(frame.bytes());
  }

  @Converter
  public static Frame toFrame(String json) throws MalformedMessage {
    return Frame.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  @Converter
  public static Frame toFrame(byte[] json) throws MalformedMessage {
    return Frame.parse(json);
  }
}
