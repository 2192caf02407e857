package io.mcprouter.integration.message;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** Options of the steps that check and call. */
@UriParams
public class MessageConfiguration {
  private static final int MOST_SOURCE = 100;
  private static final int LARGEST_MESSAGE = 1_048_576;

  @UriParam(
      label = "check",
      description =
          "The name of the consumer. Ids are told apart within it: a message that comes again under the"
              + " same id is not called again. Required for check.")
  private @Nullable String source;

  @UriParam(
      label = "check,security",
      defaultValue = "false",
      description =
          "Whether whoever can send to this destination may name any user. Only for destinations to"
              + " which nobody else can send.")
  private boolean trust;

  @UriParam(
      label = "check,security",
      defaultValue = "false",
      description =
          "Whether a message must be signed or carry a token, also where it names no user")
  private boolean signed;

  @UriParam(
      label = "check,security",
      description =
          "Names of the keys (mcp-router.messages.keys) whose signatures are taken, separated by commas")
  private @Nullable String keys;

  @UriParam(
      label = "check,security",
      defaultValue = "false",
      description = "Whether the access token in a message says who its user is")
  private boolean tokens;

  @UriParam(
      label = "check",
      description =
          "The id of the user of messages that name none; without it they are refused, unless application"
              + " is set")
  private @Nullable String user;

  @UriParam(
      label = "check,security",
      defaultValue = "false",
      description =
          "Whether messages that name no user call as the router itself, which no access rule holds"
              + " back, where user is not set")
  private boolean application;

  @UriParam(label = "check", description = "Where answers go")
  private @Nullable String replyTo;

  @UriParam(
      label = "check,security",
      description =
          "Where else answers may go if a message says so, separated by commas; a message that wants"
              + " another place is answered at replyTo")
  private @Nullable String replyAllowed;

  @UriParam(
      label = "check",
      description =
          "Largest message, answer or dead letter that this step takes or makes, in bytes. By default"
              + " 1048576 for a message, and no bound for the others.")
  private int maxBytes;

  @UriParam(label = "check", defaultValue = "100", description = "Deepest nesting of a message")
  private int maxDepth = 100;

  @UriParam(
      label = "call",
      defaultValue = "4",
      description =
          "How often a call is made at most, where it may be repeated. When, the route's error handler"
              + " decides, which must allow as many redeliveries.")
  private int attempts = 4;

  public @Nullable String getSource() {
    return source;
  }

  public void setSource(@Nullable String source) {
    this.source = source;
  }

  String requiredSource() {
    if (source == null || source.isBlank() || source.length() > MOST_SOURCE) {
      throw new IllegalArgumentException(
          "mcp-message:check needs the option 'source', a name of at most "
              + MOST_SOURCE
              + " characters");
    }
    return source;
  }

  public boolean isTrust() {
    return trust;
  }

  public void setTrust(boolean trust) {
    this.trust = trust;
  }

  public boolean isSigned() {
    return signed;
  }

  public void setSigned(boolean signed) {
    this.signed = signed;
  }

  public @Nullable String getKeys() {
    return keys;
  }

  public void setKeys(@Nullable String keys) {
    this.keys = keys;
  }

  Set<String> signingKeys() {
    return listed(keys);
  }

  public boolean isTokens() {
    return tokens;
  }

  public void setTokens(boolean tokens) {
    this.tokens = tokens;
  }

  public @Nullable String getUser() {
    return user == null || user.isBlank() ? null : user;
  }

  public void setUser(@Nullable String user) {
    this.user = user;
  }

  public boolean isApplication() {
    return application;
  }

  public void setApplication(boolean application) {
    this.application = application;
  }

  /**
   * That some message can have a caller.
   *
   * @throws IllegalArgumentException if none can
   */
  void requireCallers() {
    if (getUser() == null
        && !signed
        && !tokens
        && !trust
        && !application
        && signingKeys().isEmpty()) {
      throw new IllegalArgumentException(
          "mcp-message:check does not say who calls: set 'user', or 'keys', 'signed', 'tokens' or"
              + " 'trust'; or 'application=true', where messages may call everything as the router"
              + " itself");
    }
  }

  void requireKeys(Set<String> known) {
    for (String name : signingKeys()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "There is no key '"
                + name
                + "' under mcp-router.messages.keys; "
                + (known.isEmpty() ? "there is none" : "there is " + String.join(", ", known)));
      }
    }
  }

  public @Nullable String getReplyTo() {
    return replyTo == null || replyTo.isBlank() ? null : replyTo;
  }

  public void setReplyTo(@Nullable String replyTo) {
    this.replyTo = replyTo;
  }

  public @Nullable String getReplyAllowed() {
    return replyAllowed;
  }

  public void setReplyAllowed(@Nullable String replyAllowed) {
    this.replyAllowed = replyAllowed;
  }

  Set<String> replyDestinations() {
    return listed(replyAllowed);
  }

  private static Set<String> listed(@Nullable String names) {
    return names == null
        ? Set.of()
        : Arrays.stream(names.split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  public int getMaxBytes() {
    return maxBytes;
  }

  public void setMaxBytes(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  int largestMessage() {
    return maxBytes > 0 ? maxBytes : LARGEST_MESSAGE;
  }

  int largestSent() {
    return maxBytes > 0 ? maxBytes : Integer.MAX_VALUE;
  }

  public int getMaxDepth() {
    return maxDepth;
  }

  public void setMaxDepth(int maxDepth) {
    this.maxDepth = maxDepth;
  }

  public int getAttempts() {
    return attempts;
  }

  public void setAttempts(int attempts) {
    this.attempts = attempts;
  }
}
