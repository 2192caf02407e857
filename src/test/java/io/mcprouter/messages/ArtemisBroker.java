package io.mcprouter.messages;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.mcprouter.integration.message.MessageConstants;
import jakarta.jms.BytesMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.slf4j.LoggerFactory;

/**
 * Artemis with its own protocol and AMQP, one broker for all tests of this JVM; it ends with it.
 */
final class ArtemisBroker {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int CORE = freePort();
  private static final int AMQP = freePort();
  private static final EmbeddedActiveMQ RUNNING = start();

  private ArtemisBroker() {}

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static EmbeddedActiveMQ start() {
    // what it does for its audit log, Java 25 does not have any more
    ((Logger) LoggerFactory.getLogger("org.apache.activemq.audit")).setLevel(Level.OFF);
    try {
      ConfigurationImpl configuration = new ConfigurationImpl();
      configuration.setPersistenceEnabled(false);
      configuration.setSecurityEnabled(false);
      configuration.addAcceptorConfiguration("core", "tcp://127.0.0.1:" + CORE + "?protocols=CORE");
      configuration.addAcceptorConfiguration("amqp", "tcp://127.0.0.1:" + AMQP + "?protocols=AMQP");
      // as brokers are run where queues are given: only the tests' own make themselves
      AddressSettings given = new AddressSettings();
      given.setAutoCreateQueues(false).setAutoCreateAddresses(false);
      configuration.addAddressSetting("#", given);
      for (String own : List.of("jms.#", "amqp.#")) {
        configuration.addAddressSetting(
            own, new AddressSettings().setAutoCreateQueues(true).setAutoCreateAddresses(true));
      }
      EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
      broker.setConfiguration(configuration);
      broker.start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(broker)));
      return broker;
    } catch (Exception e) {
      throw new IllegalStateException("Artemis does not start", e);
    }
  }

  private static void stop(EmbeddedActiveMQ broker) {
    try {
      broker.stop();
    } catch (Exception e) {
      throw new IllegalStateException("Artemis does not stop", e);
    }
  }

  static String core() {
    return "tcp://127.0.0.1:" + (RUNNING == null ? 0 : CORE);
  }

  static String amqp() {
    return "amqp://127.0.0.1:" + (RUNNING == null ? 0 : AMQP);
  }

  private static ConnectionFactory connections() {
    return new ActiveMQConnectionFactory(core());
  }

  /** Sends a text message with properties. */
  static void send(String queue, String text, String correlation, Map<String, String> properties)
      throws JMSException {
    try (JMSContext context = connections().createContext()) {
      Message message = message(context, text, correlation, properties);
      context.createProducer().send(context.createQueue(queue), message);
    }
  }

  private static Message message(
      JMSContext context, String text, String correlation, Map<String, String> properties)
      throws JMSException {
    TextMessage message = context.createTextMessage(text);
    message.setJMSCorrelationID(correlation);
    for (Map.Entry<String, String> property : properties.entrySet()) {
      message.setStringProperty(property.getKey(), property.getValue());
    }
    return message;
  }

  /** Sends a text message and waits for the answer in a temporary queue. */
  static Received request(String queue, String text) throws JMSException {
    try (JMSContext context = connections().createContext()) {
      Queue own = context.createTemporaryQueue();
      Message message = message(context, text, "asked", Map.of());
      message.setJMSReplyTo(own);
      context.createProducer().send(context.createQueue(queue), message);
      return received(context.createConsumer(own).receive(PATIENCE.toMillis()));
    }
  }

  /** Sends a text message that wants its answer in a temporary queue which is gone by then. */
  static void requestAndLeave(String queue, String text, String correlation) throws JMSException {
    try (JMSContext context = connections().createContext(JMSContext.SESSION_TRANSACTED)) {
      TemporaryQueue own = context.createTemporaryQueue();
      Message message = message(context, text, correlation, Map.of());
      message.setJMSReplyTo(own);
      context.createProducer().send(context.createQueue(queue), message);
      own.delete();
      context.commit();
    }
  }

  /** The next message of a queue with that correlation id. */
  static Received receive(String queue, String correlation) throws JMSException {
    try (JMSContext context = connections().createContext()) {
      String selector = "JMSCorrelationID = '" + correlation + "'";
      return received(
          context
              .createConsumer(context.createQueue(queue), selector)
              .receive(PATIENCE.toMillis()));
    }
  }

  private static Received received(Message message) throws JMSException {
    if (message == null) {
      throw new AssertionError("no message came");
    }
    String text =
        message instanceof BytesMessage bytes
            ? new String(bytes.getBody(byte[].class), StandardCharsets.UTF_8)
            : message.getBody(String.class);
    return new Received(
        text,
        message.getJMSCorrelationID(),
        message.getStringProperty(MessageConstants.SENT_STATUS));
  }

  /** What came. */
  record Received(String text, String correlation, String status) {}
}
