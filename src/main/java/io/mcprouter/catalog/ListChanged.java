package io.mcprouter.catalog;

/** Hears that a list is another than clients may have seen. Called on any thread. */
@FunctionalInterface
public interface ListChanged {
  /** Stands for the name where it is not one server's list that differs, but which there are. */
  String ANY_SERVER = "";

  /**
   * The list of a server is another one now.
   *
   * @param server the server whose list differs; it may be gone
   * @param user the id of the only user whom it concerns, or the empty string for all
   */
  void listChanged(String server, ListKind kind, String user);
}
