package io.mcprouter.monitoring;

import io.mcprouter.protocol.Methods;

/** A method as a label: the methods of the protocol by name, all others as one. */
final class MethodLabel {
  private static final String OTHER = "other";

  private MethodLabel() {}

  static String of(String method) {
    return Methods.isKnown(method) ? method : OTHER;
  }
}
