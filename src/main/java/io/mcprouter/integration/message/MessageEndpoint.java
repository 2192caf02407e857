package io.mcprouter.integration.message;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** Let messages call tools of MCP servers. */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = MessageConstants.SCHEME,
    title = "MCP Message",
    syntax = "mcp-message:step",
    producerOnly = true,
    category = {Category.AI, Category.MESSAGING},
    headersClass = MessageConstants.class)
public final class MessageEndpoint extends DefaultEndpoint {
  @UriPath(
      enums = "check,call,deadLetter,answer,accepted",
      description =
          "What this step does: check (read the message, who calls, where the answer goes), call (call"
              + " the tool, at most once), deadLetter (the body becomes the dead letter), answer (the"
              + " body becomes the answer), accepted (the body says that the message will be called)")
  @Metadata(required = true)
  private final Step step;

  @UriParam private final MessageConfiguration configuration = new MessageConfiguration();

  private final MessageComponent component;

  MessageEndpoint(String uri, MessageComponent component, Step step) {
    super(uri, component);
    this.component = component;
    this.step = step;
  }

  public Step getStep() {
    return step;
  }

  public MessageConfiguration getConfiguration() {
    return configuration;
  }

  @Override
  public Producer createProducer() {
    return new MessageProducer(this, component);
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new UnsupportedOperationException(
        getEndpointUri() + " can only be a step: use it in a 'to'");
  }

  /** What a step does. */
  public enum Step {
    check,
    call,
    deadLetter,
    answer,
    accepted
  }
}
