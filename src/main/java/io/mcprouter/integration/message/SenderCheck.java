package io.mcprouter.integration.message;

import io.mcprouter.protocol.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides who calls by a message. What a message says of its user counts only where something
 * proves it: a signature, an access token, or the administrator's word for the whole destination.
 */
final class SenderCheck {
  private final MessageConfiguration options;
  private final Senders senders;
  private final Clock clock;

  SenderCheck(MessageConfiguration options, Senders senders, Clock clock) {
    this.options = options;
    this.senders = senders;
    this.clock = clock;
  }

  Caller caller(Envelope envelope, InboundMessage message)
      throws RefusedMessage, Senders.RefusedToken {
    if (envelope.source() != null && !envelope.source().equals(options.requiredSource())) {
      throw new RefusedMessage("other-source", "The message is meant for another consumer.");
    }
    SenderKey key = signingKey(message);
    if (key != null) {
      checkEnd(envelope);
    }
    if (envelope.token() != null) {
      return ofToken(envelope, envelope.token());
    }
    if (options.isSigned() && key == null) {
      throw new RefusedMessage(
          "unsigned",
          "Messages must be signed here: send "
              + MessageConstants.SIGNING_KEY
              + " and "
              + MessageConstants.SIGNATURE
              + ".");
    }
    return envelope.user() == null ? unnamed() : named(envelope.user(), key);
  }

  /** The key of a good signature; null where there is none at all. */
  private @Nullable SenderKey signingKey(InboundMessage message) throws RefusedMessage {
    String name = message.signingKey;
    String signature = message.signature;
    if (name == null && signature == null) {
      return null;
    }
    SenderKey key =
        name == null || !options.signingKeys().contains(name) ? null : senders.key(name);
    if (key == null || signature == null || !key.signed(message.bytes, signature)) {
      throw new RefusedMessage(
          "wrong-signature",
          "The message is not signed by a key that is taken here; sign its bytes as they are sent.");
    }
    return key;
  }

  /** What is signed can be sent again by whoever sees it: it must end while it is remembered. */
  private void checkEnd(Envelope envelope) throws RefusedMessage {
    Instant latest = clock.instant().plus(senders.remembered());
    if (envelope.deadline() == null || envelope.deadline().isAfter(latest)) {
      throw new RefusedMessage(
          "no-deadline",
          "A signed message needs a deadline within "
              + senders.remembered().toHours()
              + " hours from now.");
    }
  }

  private Caller ofToken(Envelope envelope, String token)
      throws RefusedMessage, Senders.RefusedToken {
    if (!options.isTokens()) {
      throw new RefusedMessage("tokens-not-taken", "Access tokens are not taken here.");
    }
    if (envelope.user() != null) {
      throw new RefusedMessage("two-users", "Send a user or a token, not both.");
    }
    try {
      return senders.caller(token);
    } catch (Senders.RefusedToken refused) {
      if (refused.isForGood()) {
        throw new RefusedMessage("wrong-token", Objects.toString(refused.getMessage(), ""));
      }
      throw refused;
    }
  }

  /** The router itself may call everything: only the administrator's word makes it the caller. */
  private Caller unnamed() throws RefusedMessage {
    String user = options.getUser();
    if (user != null) {
      return NamedUser.of(user).caller();
    }
    if (!options.isApplication()) {
      throw new RefusedMessage("no-user", "The message names no user, and must here.");
    }
    return Caller.APPLICATION;
  }

  private Caller named(NamedUser user, @Nullable SenderKey key) throws RefusedMessage {
    if (key != null && !key.maySpeakFor(user)) {
      throw new RefusedMessage(
          "other-user",
          "The key that signed the message may not name this user, these roles, or fields"
              + " of the user.");
    }
    if (key == null && !options.isTrust()) {
      throw new RefusedMessage(
          "unproved-user",
          "The message names a user and nothing proves it: sign it, or send the user's token.");
    }
    return user.caller();
  }
}
