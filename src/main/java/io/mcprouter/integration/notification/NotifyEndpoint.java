package io.mcprouter.integration.notification;

import org.apache.camel.Category;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/** Tell the MCP client whose call a route serves how far it is, or what happens. */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = NotifyEndpoint.SCHEME,
    title = "MCP Notify",
    syntax = "mcp-notify:what",
    producerOnly = true,
    remote = false,
    category = {Category.AI})
public final class NotifyEndpoint extends DefaultEndpoint {
  public static final String SCHEME = "mcp-notify";

  @UriPath(description = "What to tell: progress, or log for a log message")
  @Metadata(required = true)
  private final What what;

  @UriParam private @Nullable String progress;

  @UriParam private @Nullable String total;

  @UriParam private @Nullable String message;

  @UriParam(defaultValue = "info")
  private String level = "info";

  @UriParam private @Nullable String logger;

  NotifyEndpoint(String uri, Component component, What what) {
    super(uri, component);
    this.what = what;
  }

  public What getWhat() {
    return what;
  }

  public @Nullable String getProgress() {
    return progress;
  }

  /** How far the work is, a Simple expression that gives a number; it must grow. */
  public void setProgress(@Nullable String progress) {
    this.progress = progress;
  }

  public @Nullable String getTotal() {
    return total;
  }

  /** What progress grows to, a Simple expression that gives a number. */
  public void setTotal(@Nullable String total) {
    this.total = total;
  }

  public @Nullable String getMessage() {
    return message;
  }

  /** A text for people, a Simple expression; a log message without one is the message's body. */
  public void setMessage(@Nullable String message) {
    this.message = message;
  }

  public String getLevel() {
    return level;
  }

  /**
   * The level of a log message: debug, info, notice, warning, error, critical, alert, emergency.
   */
  public void setLevel(String level) {
    this.level = level;
  }

  public @Nullable String getLogger() {
    return logger;
  }

  /** What a log message is about; the route's id by default. */
  public void setLogger(@Nullable String logger) {
    this.logger = logger;
  }

  @Override
  public Producer createProducer() {
    return new NotifyProducer(this);
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new UnsupportedOperationException(
        getEndpointUri() + " only tells: use it in a 'to', between the steps of an mcp-tool");
  }

  /** What there is to tell. */
  public enum What {
    /** How far the work is. */
    progress,
    /** Something that happened. */
    log
  }
}
