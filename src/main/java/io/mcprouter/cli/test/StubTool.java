package io.mcprouter.cli.test;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.config.SourceLocation;
import io.mcprouter.integration.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * A tool of a stub.
 *
 * @param at where the file says it
 * @param definition as the stub lists it
 * @param input what a call's arguments must be, as the definition says it
 * @param answers the first that fits a call is given
 */
record StubTool(SourceLocation at, ObjectNode definition, Schema input, List<StubAnswer> answers) {
  StubTool {
    answers = List.copyOf(answers);
  }

  /** The same tool with more answers behind its own. */
  StubTool with(List<StubAnswer> more) {
    List<StubAnswer> all = new ArrayList<>(answers);
    all.addAll(more);
    return new StubTool(at, definition, input, all);
  }
}
