package io.mcprouter.integration.call;

import io.mcprouter.integration.ServedCall;
import org.apache.camel.AsyncProducer;
import org.jspecify.annotations.Nullable;

/** Who gets the messages of a call that come before its answer. */
sealed interface MessageReceiver {
  /** The option's value that stands for the client of the tool that the route is. */
  String CALLER = "caller";

  /** Nobody: they are dropped. */
  record Nobody() implements MessageReceiver {}

  /** A route, message after message. */
  record Route(AsyncProducer producer) implements MessageReceiver {}

  /** The client whose call the route serves. */
  record Client(ServedCall served) implements MessageReceiver {}

  /**
   * Who an option names. A route that serves nobody has no client: messages are dropped then.
   *
   * @param option the option's value
   * @param route the endpoint that the option names
   */
  static MessageReceiver of(
      @Nullable String option, @Nullable AsyncProducer route, @Nullable ServedCall served) {
    if (route != null) {
      return new Route(route);
    }
    return CALLER.equals(option) && served != null ? new Client(served) : new Nobody();
  }
}
