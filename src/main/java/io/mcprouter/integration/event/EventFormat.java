package io.mcprouter.integration.event;

/** What the body of an event is; named as the option's values. */
public enum EventFormat {
  /** A Map. */
  map,
  /** JSON as text. */
  json
}
