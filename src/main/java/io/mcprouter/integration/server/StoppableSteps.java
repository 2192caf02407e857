package io.mcprouter.integration.server;

import io.mcprouter.integration.ServedCall;
import io.mcprouter.routing.RouteCompiler;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.FinallyDefinition;
import org.apache.camel.model.OnCompletionDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.AsyncProcessorConverterHelper;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Makes the steps of routes stoppable: each that serves a call asks whether anybody still waits,
 * and can be interrupted while it runs, wherever the route has taken the exchange.
 *
 * <p>The routes of servers are left as they are: their calls are cancelled in another way, and must
 * cost nothing here. So are the steps that clean up ({@code doFinally}, {@code onCompletion}).
 */
public final class StoppableSteps implements InterceptStrategy {
  @Override
  public Processor wrapProcessorInInterceptors(
      CamelContext context,
      NamedNode definition,
      Processor target,
      @Nullable Processor nextTarget) {
    String routeId = "";
    for (NamedNode node = definition; node != null; node = node.getParent()) {
      if (node instanceof FinallyDefinition || node instanceof OnCompletionDefinition) {
        return target;
      }
      if (node instanceof RouteDefinition route) {
        routeId = String.valueOf(route.getRouteId());
      }
    }
    return RouteCompiler.isOfServer(routeId)
        ? target
        : new Stoppable(target, routeId, String.valueOf(definition.getId()));
  }

  private static final class Stoppable extends DelegateAsyncProcessor {
    private final String routeId;
    private final String id;

    Stoppable(Processor target, String routeId, String id) {
      super(AsyncProcessorConverterHelper.convert(target));
      this.routeId = routeId;
      this.id = id;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      return exchange.getProperty(ServedCall.PROPERTY) instanceof RunningCall call
          ? process(exchange, call, callback)
          : super.process(exchange, callback);
    }

    private boolean process(Exchange exchange, RunningCall call, AsyncCallback callback) {
      Step step = new Step(call, routeId, id, callback);
      if (!call.enter(step)) {
        exchange.setException(
            new CallStoppedException("nobody waits for the result of the call any more"));
        callback.done(true);
        return true;
      }
      try {
        return super.process(exchange, step);
      } finally {
        step.leave();
      }
    }
  }
}
