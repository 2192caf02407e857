package io.mcprouter.cli.test;

import java.util.List;

/**
 * How a test ended.
 *
 * @param mismatches empty where it passed
 */
public record TestResult(String name, long millis, List<Mismatch> mismatches) {
  public TestResult {
    mismatches = List.copyOf(mismatches);
  }

  public boolean isPassed() {
    return mismatches.isEmpty();
  }
}
