package io.mcprouter.integration.message;

import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.MalformedMessage;
import org.jspecify.annotations.Nullable;

/**
 * What the sender of a message is answered.
 *
 * @param json the whole answer
 * @param code the code of its error; null where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Answer(Status status, byte[] json, @Nullable String code) {
  /** An answer that was kept. */
  static Answer of(Status status, byte[] json) {
    try {
      JsonSpan error = JsonSpan.parse(json, Frame.DEFAULT_MAX_DEPTH * 2).member("error");
      return new Answer(status, json, error == null ? null : error.string("code"));
    } catch (MalformedMessage e) {
      throw new IllegalStateException("an answer that was kept is no JSON", e);
    }
  }

  @Override
  public String toString() {
    return "Answer[" + status + "]";
  }
}
