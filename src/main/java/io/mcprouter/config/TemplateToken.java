package io.mcprouter.config;

/** A piece of an administrator's text: literal, or standing for a value. */
public sealed interface TemplateToken {
  /** Text that stands for itself. */
  record Literal(String text) implements TemplateToken {}

  /** {@code ${name}}: a variable of the router's environment. */
  record EnvironmentReference(String name) implements TemplateToken {}

  /** {@code {{name}}}: something of the user who calls. */
  record UserReference(String name) implements TemplateToken {}
}
