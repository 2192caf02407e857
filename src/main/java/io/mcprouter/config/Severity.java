package io.mcprouter.config;

/** How much a fault weighs. */
public enum Severity {
  /** The entry cannot be used. */
  ERROR,
  /** The entry is used; something in it has no effect or may not work. */
  WARNING
}
