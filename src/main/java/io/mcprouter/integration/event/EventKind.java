package io.mcprouter.integration.event;

/** What happens at servers; named as the values of the option {@code kinds}. */
public enum EventKind {
  /** The list of tools, prompts or resources is another one. */
  list,
  /** A resource that somebody subscribed to changed. */
  resource,
  /** The server wrote a log message outside of any call. */
  log,
  /** A session opened, could not be opened, or ended; an entry came, changed or went. */
  status,
  /** A call of a tool, a resource or a prompt ended, or was refused. */
  call
}
