package io.mcprouter.wiring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says which of the two ports is taken where it is the control plane's. It comes before Spring's
 * own, which knows of one port alone.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ConsolePortAnalyzer extends AbstractFailureAnalyzer<PortInUseException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, PortInUseException cause) {
    return new FailureAnalysis(
        "The port for the control plane, " + cause.getPort() + ", is taken.",
        "Stop what listens there, most likely another router, or choose other ports with"
            + " --console-port and --port; 0 takes a free one.",
        cause);
  }
}
