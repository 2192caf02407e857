package io.mcprouter.routing.guard;

/** Bounds of templates' parameters. */
final class Numbers {
  private Numbers() {}

  static long within(String parameter, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "the parameter '" + parameter + "' must be from " + least + " to " + most);
    }
    return value;
  }

  static int within(String parameter, int value, int least, int most) {
    return (int) within(parameter, (long) value, least, most);
  }
}
