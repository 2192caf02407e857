package io.mcprouter.routing.guard;

import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.JsonText;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.protocol.Messages;
import io.mcprouter.protocol.Methods;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpClient;
import java.nio.charset.StandardCharsets;

/**
 * The question whether a call may be made, in the client that makes it (elicitation, form mode). To
 * accept is to agree; there is nothing to fill in. It is taken back when the call {@code aside}
 * ends.
 *
 * @param approval what it decides
 * @param aside the conversation with the client
 * @param alone whether nobody decides elsewhere, so that a client that cannot be asked is the end
 */
record ApprovalQuestion(
    OpenApproval approval, McpCall aside, boolean alone, ApprovalObserver observer)
    implements CallStream.Answer {
  /** Whatever it is: the client's session gives each question its own. */
  private static final byte[] ANY_ID = JsonText.number(1);

  /** Whether a client has forms: one that names no mode has these. */
  static boolean canBePutTo(McpClient client) {
    if (!client.canBeAsked() || !client.revision().hasElicitation()) {
      return false;
    }
    try {
      byte[] json = client.capabilities().getBytes(StandardCharsets.UTF_8);
      JsonSpan elicitation = JsonSpan.parse(json, Integer.MAX_VALUE).member("elicitation");
      return elicitation != null
          && elicitation.isObject()
          && (elicitation.member("url") == null || elicitation.member("form") != null);
    } catch (MalformedMessage e) {
      throw new IllegalStateException("capabilities were read before they were kept", e);
    }
  }

  void put() {
    aside.ask(written(approval.request()), this);
  }

  private static Frame written(ApprovalRequest request) {
    byte[] params =
        JsonText.write(
            json -> {
              json.writeStartObject();
              json.writeStringField("message", text(request));
              json.writeObjectFieldStart("requestedSchema");
              json.writeStringField("type", "object");
              json.writeObjectFieldStart("properties");
              json.writeEndObject();
              json.writeEndObject();
              json.writeEndObject();
            });
    try {
      return Frame.parse(Messages.request(ANY_ID, Methods.ELICITATION, params));
    } catch (MalformedMessage e) {
      throw new IllegalStateException("the router wrote no question", e);
    }
  }

  private static String text(ApprovalRequest request) {
    String first = request.message().isEmpty() ? "May this tool be called?" : request.message();
    return "%s\n\nServer: %s\nTool: %s\nArguments: %s"
        .formatted(
            first,
            Visible.text(request.server()),
            Visible.text(request.tool()),
            Visible.json(request.arguments()));
  }

  @Override
  public void reply(Frame reply) {
    JsonSpan result = reply.result();
    String action = result == null ? null : result.string("action");
    switch (action) {
      case "accept" -> decide(new ApprovalDecision.Agreed(), true);
      case "decline" -> decide(new ApprovalDecision.Refused("its user declined it"), false);
      case "cancel" -> decide(new ApprovalDecision.Refused("its user closed the question"), false);
      case null, default -> unanswered("gave no answer that the question has");
    }
  }

  private void decide(ApprovalDecision decision, boolean agreed) {
    if (approval.decide(decision)) {
      observer.answered(approval.request(), agreed);
    }
  }

  @Override
  public void decline(String reason) {
    if (!aside.isOver()) { // else it is taken back
      unanswered("cannot be asked now: " + reason);
    }
  }

  private void unanswered(String why) {
    if (alone) {
      approval.decide(
          new ApprovalDecision.Refused("its user must agree to it, and this client " + why));
    }
  }

  /** The end of {@code aside} takes it back, and nothing else does. */
  @Override
  public void onWithdrawn(Runnable action) {}

  /** Shows no arguments and nobody's name. */
  @Override
  public String toString() {
    return "ApprovalQuestion[" + approval.request().server() + "]";
  }
}
