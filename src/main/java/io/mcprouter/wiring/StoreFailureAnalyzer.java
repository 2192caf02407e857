package io.mcprouter.wiring;

import io.mcprouter.credential.StoreException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in words what to do when the store cannot be opened. */
final class StoreFailureAnalyzer extends AbstractFailureAnalyzer<StoreException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, StoreException cause) {
    return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
  }
}
