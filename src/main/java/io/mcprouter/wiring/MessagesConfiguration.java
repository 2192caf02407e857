package io.mcprouter.wiring;

import io.mcprouter.credential.MessageJournal;
import io.mcprouter.credential.Sealing;
import io.mcprouter.credential.Store;
import io.mcprouter.identity.AccessTokens;
import io.mcprouter.identity.IssuerSettings;
import io.mcprouter.integration.call.McpCalls;
import io.mcprouter.integration.message.MessageComponent;
import io.mcprouter.integration.message.MessageHeaders;
import io.mcprouter.integration.message.SenderKey;
import io.mcprouter.monitoring.Redaction;
import io.mcprouter.oauth.GuardedSender;
import io.mcprouter.routing.Disclosure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Messages that call tools. */
@Configuration(proxyBeanMethods = false)
class MessagesConfiguration {
  private static final String KEY = "messages.";
  private static final int SHORTEST_SECRET = 32;

  /** Begun with the first message: a router without any has nothing to say of itself. */
  @Bean(destroyMethod = "close")
  @Lazy
  MessageJournal messageJournal(McpRouterProperties properties, Store store, Sealing sealing) {
    MessageProperties messages = properties.messages();
    return new MessageJournal(store, sealing, messages.lease(), messages.retention());
  }

  /** Named as routes name it. */
  @Bean
  MessageHeaders mcpMessageHeaders() {
    return new MessageHeaders();
  }

  @Bean
  MessageSenders messageSenders(
      McpRouterProperties properties,
      GuardedSender senderForIssuers,
      RouterUrl url,
      Redaction redaction) {
    MessageProperties messages = checked(properties.messages());
    Map<String, SenderKey> keys = new HashMap<>();
    messages.keys().forEach((name, key) -> keys.put(name, key(name, key, redaction)));
    List<IssuerSettings> issuers = AuthenticationSettings.issuers(properties.authentication());
    return new MessageSenders(
        Map.copyOf(keys),
        issuers.isEmpty() ? null : new AccessTokens(issuers, senderForIssuers::document, url),
        messages.retention());
  }

  private static MessageProperties checked(MessageProperties messages) {
    if (messages.lease().toMillis() < 1_000) {
      throw CannotStartException.wrongSetting(KEY + "lease", "must be at least 1 s");
    }
    if (messages.retention().compareTo(messages.lease()) <= 0) {
      throw CannotStartException.wrongSetting(KEY + "retention", "must be longer than the lease");
    }
    return messages;
  }

  private static SenderKey key(String name, MessageProperties.Key key, Redaction redaction) {
    String secret = key.secret();
    if (secret == null || secret.length() < SHORTEST_SECRET) {
      throw CannotStartException.wrongSetting(
          KEY + "keys." + name + ".secret",
          "must have at least " + SHORTEST_SECRET + " characters");
    }
    redaction.keep(secret);
    return new SenderKey(secret, key.tenant(), key.users(), key.roles(), key.fields());
  }

  /** Camel finds it under its scheme. */
  @Bean("mcp-message")
  MessageComponent message(
      McpCalls calls,
      ObjectProvider<MessageJournal> journal,
      MessageSenders senders,
      Disclosure disclosure) {
    MessageComponent component = new MessageComponent();
    component.setCalls(calls);
    component.setJournal(new StoredMessages(journal));
    component.setSenders(senders);
    component.setDisclosure(disclosure);
    return component;
  }
}
