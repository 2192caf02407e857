package io.mcprouter.catalog;

/** What one endpoint shows to its clients. */
public sealed interface View {
  View EVERYTHING = new Everything();

  /** All servers; tools and prompts carry the name of their server in front. */
  record Everything() implements View {}

  /** One server under its own names. */
  record Server(String name) implements View {}

  /** A declared or built-in toolset; names are those of {@link Everything}. */
  record Toolset(String name) implements View {}
}
