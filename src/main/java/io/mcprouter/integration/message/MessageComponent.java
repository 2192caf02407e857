package io.mcprouter.integration.message;

import io.mcprouter.integration.call.McpCalls;
import io.mcprouter.routing.Disclosure;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.jspecify.annotations.Nullable;

/** Steps of routes that let messages call tools. */
@Component(MessageConstants.SCHEME)
public final class MessageComponent extends DefaultComponent {
  @Metadata(label = "advanced", autowired = true, description = "Where calls go")
  private @Nullable McpCalls calls;

  @Metadata(
      label = "advanced",
      autowired = true,
      description = "Where it is written down what was called and how that ended")
  private @Nullable CallJournal journal;

  @Metadata(label = "security", autowired = true, description = "Whose signatures and tokens count")
  private @Nullable Senders senders;

  @Metadata(
      label = "security",
      description = "What senders are told of failures. By default everything.")
  private Disclosure disclosure = Disclosure.full();

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    MessageEndpoint endpoint = new MessageEndpoint(uri, this, step(remaining));
    setProperties(endpoint, parameters);
    return endpoint;
  }

  private static MessageEndpoint.Step step(String name) {
    for (MessageEndpoint.Step step : MessageEndpoint.Step.values()) {
      if (step.name().equals(name)) {
        return step;
      }
    }
    throw new IllegalArgumentException(
        "'mcp-message:" + name + "': the steps are check, call, deadLetter, answer and accepted");
  }

  private static <T> T required(@Nullable T part, String what) {
    if (part == null) {
      throw new IllegalStateException(
          "mcp-message has no " + what + ": bind one to the registry, or run in the router");
    }
    return part;
  }

  McpCalls requiredCalls() {
    return required(calls, "McpCalls");
  }

  CallJournal requiredJournal() {
    return required(journal, "CallJournal");
  }

  Senders requiredSenders() {
    return required(senders, "Senders");
  }

  public @Nullable McpCalls getCalls() {
    return calls;
  }

  public void setCalls(@Nullable McpCalls calls) {
    this.calls = calls;
  }

  public @Nullable CallJournal getJournal() {
    return journal;
  }

  public void setJournal(@Nullable CallJournal journal) {
    this.journal = journal;
  }

  public @Nullable Senders getSenders() {
    return senders;
  }

  public void setSenders(@Nullable Senders senders) {
    this.senders = senders;
  }

  public Disclosure getDisclosure() {
    return disclosure;
  }

  public void setDisclosure(Disclosure disclosure) {
    this.disclosure = disclosure;
  }
}
