package io.mcprouter.cli.test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Service;
import org.apache.camel.processor.aggregate.AggregateProcessor;
import org.apache.camel.spi.RouteStartupOrder;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.task.Tasks;
import org.apache.camel.support.task.budget.Budgets;
import org.apache.camel.support.task.budget.IterationBoundedBudget;

/**
 * What the routes still do behind an answer: exchanges, messages in {@code seda} queues, and copies
 * that {@code wireTap} sends.
 */
final class UnderWay {
  private static final Duration PAUSE = Duration.ofMillis(10);

  /** A message that has left a queue is an exchange a moment later. */
  private static final int LOOKS = 2;

  private final CamelContext camel;

  UnderWay(CamelContext camel) {
    this.camel = camel;
  }

  /**
   * Waits until nothing is under way any more, and what is expected has come.
   *
   * @param hasCome whether it has
   * @return false where something is still under way when the time is up
   */
  boolean await(BooleanSupplier hasCome, Duration limit) {
    AtomicInteger looks = new AtomicInteger();
    boolean ended =
        Tasks.foregroundTask()
            .withName("what a test has under way")
            .withBudget(
                Budgets.iterationTimeBudget()
                    .withInterval(PAUSE)
                    .withMaxDuration(limit)
                    .withMaxIterations(IterationBoundedBudget.UNLIMITED_ITERATIONS)
                    .build())
            .build()
            .run(
                camel,
                () -> {
                  boolean quiet = count() == 0 && hasCome.getAsBoolean();
                  return (quiet ? looks.incrementAndGet() : looks.updateAndGet(any -> 0)) >= LOOKS;
                });
    return ended || count() == 0;
  }

  private int count() {
    int count = camel.getInflightRepository().size();
    for (RouteStartupOrder route : camel.getCamelContextExtension().getRouteStartupOrder()) {
      for (Service service : route.getServices()) {
        for (Service child : ServiceHelper.getChildServices(service)) {
          count += waiting(child);
        }
      }
    }
    return count;
  }

  /** What waits in an aggregation waits for more, and is not on its way. */
  private static int waiting(Service service) {
    return service instanceof ShutdownAware aware && !(service instanceof AggregateProcessor)
        ? aware.getPendingExchangesSize()
        : 0;
  }
}
