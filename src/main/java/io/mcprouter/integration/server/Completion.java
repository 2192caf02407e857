package io.mcprouter.integration.server;

import io.mcprouter.catalog.ListKind;
import io.mcprouter.protocol.ErrorCodes;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers {@code completion/complete} with the values that arguments are declared to have. */
final class Completion {
  /** The most that the protocol lets an answer hold (server utilities, completion). */
  private static final int MOST = 100;

  private Completion() {}

  static void answer(RouteServer server, Frame request, RunningCall call) {
    JsonSpan params = request.params();
    JsonSpan ref = params == null ? null : params.member("ref");
    JsonSpan argument = params == null ? null : params.member("argument");
    String name = ref == null ? null : ref.string("name");
    String uri = ref == null ? null : ref.string("uri");
    if (argument == null || (name == null && uri == null)) {
      call.error(ErrorCodes.INVALID_PARAMS, "params.ref and params.argument are needed");
      return;
    }
    ListKind kind = name == null ? ListKind.RESOURCE_TEMPLATES : ListKind.PROMPTS;
    server
        .items(kind)
        .find(name == null ? String.valueOf(uri) : name)
        .thenAccept(item -> answer(item, argument, call));
  }

  private static void answer(@Nullable RouteItem item, JsonSpan argument, RunningCall call) {
    String name = argument.string("name");
    String begun = argument.string("value");
    if (item == null) {
      call.error(ErrorCodes.INVALID_PARAMS, "params.ref names nothing that is here");
    } else {
      call.result(result(item.complete(name == null ? "" : name, begun == null ? "" : begun)));
    }
  }

  private static byte[] result(List<String> values) {
    return JsonText.write(
        json -> {
          json.writeStartObject();
          json.writeObjectFieldStart("completion");
          json.writeArrayFieldStart("values");
          for (String value : values.subList(0, Math.min(MOST, values.size()))) {
            json.writeString(value);
          }
          json.writeEndArray();
          json.writeNumberField("total", values.size());
          json.writeBooleanField("hasMore", values.size() > MOST);
          json.writeEndObject();
          json.writeEndObject();
        });
  }
}
