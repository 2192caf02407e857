package io.mcprouter.integration.message;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.jspecify.annotations.Nullable;

/**
 * The headers that cross the border of a route of messages: a signature comes in, and what tells an
 * answer from others goes out. Camel's own headers, which steer its components, do neither. Routes
 * name it {@code #mcpMessageHeaders}.
 */
public final class MessageHeaders implements HeaderFilterStrategy {
  private static final Set<String> IN =
      lowerCase(MessageConstants.SIGNING_KEY, MessageConstants.SIGNATURE);
  private static final Set<String> OUT =
      lowerCase(
          MessageConstants.SENT_ID,
          MessageConstants.SENT_STATUS,
          "JMSCorrelationID",
          "JMSXGroupID",
          "Content-Type");

  private static Set<String> lowerCase(String... names) {
    return Set.of(names).stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .collect(java.util.stream.Collectors.toUnmodifiableSet());
  }

  @Override
  public boolean applyFilterToExternalHeaders(
      String name, @Nullable Object value, Exchange exchange) {
    return !IN.contains(name.toLowerCase(Locale.ROOT));
  }

  @Override
  public boolean applyFilterToCamelHeaders(String name, @Nullable Object value, Exchange exchange) {
    return !OUT.contains(name.toLowerCase(Locale.ROOT));
  }
}
