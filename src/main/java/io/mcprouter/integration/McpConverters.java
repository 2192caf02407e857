package io.mcprouter.integration;

import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.spi.FrameConverters;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.camel.CamelContext;
import org.apache.camel.Converter;
import org.apache.camel.TypeConverters;
import org.apache.camel.spi.TypeConverterRegistry;
import org.jspecify.annotations.Nullable;

/** Lets a route read results and their items as text, bytes or streams. */
public final class McpConverters implements TypeConverters {
  /** Adds them, and those of messages, where the context does not have them yet. */
  public static void addTo(CamelContext context) {
    TypeConverterRegistry converters = context.getTypeConverterRegistry();
    if (converters.lookup(String.class, Frame.class) == null) {
      converters.addTypeConverters(new FrameConverters());
    }
    if (converters.lookup(String.class, McpResult.class) == null) {
      converters.addTypeConverters(new McpConverters());
    }
  }

  @Converter
  public static String toText(McpResult result) {
    return result.text();
  }

  @Converter
  public static @Nullable String toText(McpContent item) {
    return item.text();
  }

  @Converter
  public static @Nullable InputStream toStream(McpContent item) {
    byte[] bytes = toBytes(item);
    return bytes == null ? null : new ByteArrayInputStream(bytes);
  }

  @Converter
  public static byte @Nullable [] toBytes(McpContent item) {
    if (item instanceof McpContent.Binary binary) {
      return binary.data();
    }
    String text = item.text();
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
