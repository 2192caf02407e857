package io.mcprouter.integration.call;

import io.mcprouter.integration.ServedCall;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/**
 * Makes the call of each exchange. It never blocks; the route goes on, on a virtual thread, when
 * the answer is there.
 */
final class McpCallProducer extends DefaultAsyncProducer {
  private final McpCallEndpoint endpoint;
  private @Nullable AsyncProducer progress;
  private @Nullable AsyncProducer logs;

  McpCallProducer(McpCallEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    RouteCall call;
    try {
      CallTarget target = endpoint.target(exchange.getMessage());
      call = new RouteCall(endpoint, target, exchange, callback, messages(exchange, target));
    } catch (RuntimeException e) {
      exchange.setException(e);
      callback.done(true);
      return true;
    }
    call.begin();
    return false;
  }

  private CallMessages messages(Exchange exchange, CallTarget target) {
    McpCallConfiguration options = endpoint.getConfiguration();
    ServedCall served = ServedCall.of(exchange);
    return new CallMessages(
        exchange,
        target,
        served,
        MessageReceiver.of(options.getProgress(), progress, served),
        MessageReceiver.of(options.getLogs(), logs, served));
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    progress = started(endpoint.getConfiguration().getProgress());
    logs = started(endpoint.getConfiguration().getLogs());
  }

  private @Nullable AsyncProducer started(@Nullable String uri) throws Exception {
    if (uri == null || uri.equals(MessageReceiver.CALLER)) {
      return null;
    }
    AsyncProducer producer = endpoint.getCamelContext().getEndpoint(uri).createAsyncProducer();
    ServiceHelper.startService(producer);
    return producer;
  }

  @Override
  protected void doStop() throws Exception {
    ServiceHelper.stopAndShutdownServices(progress, logs);
    super.doStop();
  }
}
