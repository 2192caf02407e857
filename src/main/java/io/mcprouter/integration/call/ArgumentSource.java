package io.mcprouter.integration.call;

/** Where the arguments of a call come from; named as the option's values. */
public enum ArgumentSource {
  /** The body: a JSON object as text or bytes, a Map, a bean; no body for no arguments. */
  body,
  /** The headers with the names of the schema's properties, as values of the schema's types. */
  headers
}
