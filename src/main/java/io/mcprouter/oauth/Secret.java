package io.mcprouter.oauth;

/** A text that no message, log or debugger's list shows. */
record Secret(String value) {
  @Override
  public String toString() {
    return "Secret[hidden]";
  }
}
