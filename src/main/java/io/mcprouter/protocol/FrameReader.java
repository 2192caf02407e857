package io.mcprouter.protocol;

/** Finds the tokens of an envelope in one walk over the message. */
final class FrameReader {
  private static final Key[] MEMBERS = {Key.ID, Key.METHOD, Key.PARAMS};
  private static final Key[] PARAMS = {Key.NAME, Key.URI, Key.META, Key.ARGUMENTS};

  private final byte[] json;
  private final JsonScanner scanner;
  private final Frame.Spans spans = new Frame.Spans();
  private int idAt = -1;
  private boolean oddMember;
  private boolean oddParam;

  FrameReader(byte[] json, int maxDepth) {
    this.json = json;
    this.scanner = new JsonScanner(json, json.length, maxDepth);
  }

  Frame read() throws MalformedMessage {
    int from = scanner.skipBlanks(0);
    if (scanner.at(from) != '{') {
      scanner.skipValue(from, 0);
      throw MalformedMessage.invalid("a JSON-RPC message is an object");
    }
    spans.begin = from + 1;
    int to = eachMember(from, this::top);
    int rest = scanner.skipBlanks(to);
    if (rest != json.length) {
      throw MalformedMessage.notJson("text behind the message", rest);
    }
    spans.lineBreaks = scanner.sawLineBreaks();
    return classify();
  }

  private Frame classify() throws MalformedMessage {
    if (spans.methodFrom >= 0) {
      if (spans.outcomeFrom >= 0) {
        throw MalformedMessage.invalid("both a method and a result or error");
      }
      return called(method());
    }
    if (spans.outcomeFrom < 0) {
      throw MalformedMessage.invalid("neither a method nor a result or error");
    }
    if (spans.error) {
      return new Frame(json, Frame.Kind.ERROR, null, spans);
    }
    if (!spans.hasId()) {
      throw MalformedMessage.invalid("a result without an id");
    }
    return new Frame(json, Frame.Kind.RESULT, null, spans);
  }

  private Frame called(String method) throws MalformedMessage {
    if (spans.nullId) {
      throw MalformedMessage.invalid("the id is null");
    }
    if (oddMember || (oddParam && isGuarded(method))) {
      throw MalformedMessage.invalid(
          "a member is named like one of the protocol's, but for capital letters");
    }
    if (!method.equals(Methods.PROGRESS)) {
      spans.tokenFrom = spans.metaTokenFrom; // a progressToken directly in params is unknown here
      spans.tokenTo = spans.metaTokenTo;
    }
    Frame.Kind kind = spans.hasId() ? Frame.Kind.REQUEST : Frame.Kind.NOTIFICATION;
    return new Frame(json, kind, method, spans);
  }

  /** Names, rights and guardrails go by the params of these. */
  private static boolean isGuarded(String method) {
    return switch (method) {
      case Methods.TOOLS_CALL, Methods.PROMPTS_GET, Methods.RESOURCES_READ -> true;
      default -> false;
    };
  }

  private String method() throws MalformedMessage {
    if (json[spans.methodFrom] != '"') {
      throw MalformedMessage.invalid("the method is no string");
    }
    String known = Methods.known(json, spans.methodFrom + 1, spans.methodTo - 1);
    return known != null ? known : new JsonSpan(json, spans.methodFrom, spans.methodTo).text();
  }

  private int top(int keyFrom, int keyTo, int value) throws MalformedMessage {
    if (is(keyFrom, keyTo, Key.ID)) {
      once(idAt, Key.ID);
      idAt = value;
      int to = scanner.skipValue(value, 1);
      return id(value, to);
    }
    if (is(keyFrom, keyTo, Key.METHOD)) {
      once(spans.methodFrom, Key.METHOD);
      spans.methodFrom = value;
      spans.methodTo = scanner.skipValue(value, 1);
      return spans.methodTo;
    }
    if (is(keyFrom, keyTo, Key.PARAMS)) {
      once(spans.paramsFrom, Key.PARAMS);
      spans.paramsFrom = value;
      spans.paramsTo = params(value);
      return spans.paramsTo;
    }
    return outcome(keyFrom, keyTo, value);
  }

  private int params(int value) throws MalformedMessage {
    return switch (scanner.at(value)) {
      case '{' -> eachMember(value, this::param);
      case '[', 'n' -> scanner.skipValue(value, 1);
      default -> {
        scanner.skipValue(value, 1);
        throw MalformedMessage.invalid("params is neither an object nor an array");
      }
    };
  }

  private int outcome(int keyFrom, int keyTo, int value) throws MalformedMessage {
    boolean error = is(keyFrom, keyTo, Key.ERROR);
    if (!error && !is(keyFrom, keyTo, Key.RESULT)) {
      oddMember |= isLike(keyFrom, keyTo, MEMBERS);
      return scanner.skipValue(value, 1);
    }
    if (spans.outcomeFrom >= 0) {
      throw MalformedMessage.invalid("more than one result or error");
    }
    spans.error = error;
    spans.outcomeFrom = value;
    boolean object = !error && scanner.at(value) == '{';
    spans.outcomeTo = object ? eachMember(value, this::inResult) : scanner.skipValue(value, 1);
    return spans.outcomeTo;
  }

  private int id(int from, int to) throws MalformedMessage {
    byte first = json[from];
    spans.nullId = first == 'n';
    if (!spans.nullId && first != '"' && first != '-' && (first < '0' || first > '9')) {
      throw MalformedMessage.invalid("the id is neither a string nor a number");
    }
    spans.idFrom = from;
    spans.idTo = to;
    return to;
  }

  private int param(int keyFrom, int keyTo, int value) throws MalformedMessage {
    if (is(keyFrom, keyTo, Key.NAME)) {
      once(spans.nameFrom, Key.NAME);
      spans.nameFrom = value;
      spans.nameTo = scanner.skipValue(value, 2);
      return spans.nameTo;
    }
    if (is(keyFrom, keyTo, Key.URI)) {
      once(spans.uriFrom, Key.URI);
      spans.uriFrom = value;
      spans.uriTo = scanner.skipValue(value, 2);
      return spans.uriTo;
    }
    if (is(keyFrom, keyTo, Key.META)) {
      if (spans.meta) {
        throw twice(Key.META);
      }
      spans.meta = true;
      return scanner.at(value) == '{'
          ? eachMember(value, this::inMeta)
          : scanner.skipValue(value, 2);
    }
    return notificationParam(keyFrom, keyTo, value);
  }

  private int notificationParam(int keyFrom, int keyTo, int value) throws MalformedMessage {
    int to = scanner.skipValue(value, 2);
    if (is(keyFrom, keyTo, Key.REQUEST_ID)) {
      once(spans.requestIdFrom, Key.REQUEST_ID);
      spans.requestIdFrom = value;
      spans.requestIdTo = to;
    } else if (is(keyFrom, keyTo, Key.PROGRESS_TOKEN)) {
      once(spans.tokenFrom, Key.PROGRESS_TOKEN);
      spans.tokenFrom = value;
      spans.tokenTo = to;
    } else if (!is(keyFrom, keyTo, Key.ARGUMENTS)) {
      oddParam |= isLike(keyFrom, keyTo, PARAMS);
    }
    return to;
  }

  private int inMeta(int keyFrom, int keyTo, int value) throws MalformedMessage {
    int to = scanner.skipValue(value, 3);
    if (is(keyFrom, keyTo, Key.PROGRESS_TOKEN)) {
      once(spans.metaTokenFrom, Key.PROGRESS_TOKEN);
      spans.metaTokenFrom = value;
      spans.metaTokenTo = to;
    }
    return to;
  }

  private int inResult(int keyFrom, int keyTo, int value) throws MalformedMessage {
    if (json[value] == 't' && is(keyFrom, keyTo, Key.IS_ERROR)) {
      spans.toolError = true;
    }
    return scanner.skipValue(value, 2);
  }

  private int eachMember(int from, Member member) throws MalformedMessage {
    int at = scanner.skipBlanks(from + 1);
    if (scanner.at(at) == '}') {
      return at + 1;
    }
    while (true) {
      int keyTo = scanner.skipKey(at);
      int value = scanner.skipBlanks(scanner.expect(':', scanner.skipBlanks(keyTo)));
      scanner.at(value);
      int keyFrom = at;
      at = scanner.skipBlanks(member.read(keyFrom, keyTo, value));
      if (scanner.at(at) == '}') {
        return at + 1;
      }
      at = scanner.skipBlanks(scanner.expect(',', at));
    }
  }

  /**
   * Compares a key with a known one, its escaped spellings included: another reader would resolve
   * them too.
   */
  private boolean is(int keyFrom, int keyTo, Key key) {
    int length = keyTo - keyFrom - 2;
    if (length == key.text.length()) {
      return matches(keyFrom + 1, key.text);
    }
    return length > key.text.length()
        && hasEscape(keyFrom, keyTo)
        && new JsonSpan(json, keyFrom, keyTo).text().equals(key.text);
  }

  /**
   * Whether a reader that takes members in any spelling, as Go's own does, would take a key for one
   * of these, which it is not.
   */
  private boolean isLike(int keyFrom, int keyTo, Key[] keys) {
    int length = keyTo - keyFrom - 2;
    boolean plain = isPlain(keyFrom + 1, keyTo - 1);
    String text = plain ? "" : new JsonSpan(json, keyFrom, keyTo).text();
    for (Key key : keys) {
      if (plain
          ? length == key.text.length() && isLike(keyFrom + 1, key.text)
          : text.equalsIgnoreCase(key.text)) {
        return true;
      }
    }
    return false;
  }

  private boolean isLike(int from, String text) {
    for (int i = 0; i < text.length(); i++) {
      if ((json[from + i] | 0x20) != (text.charAt(i) | 0x20)) {
        return false;
      }
    }
    return true;
  }

  private boolean isPlain(int from, int to) {
    for (int at = from; at < to; at++) {
      if (json[at] == '\\' || json[at] < 0) {
        return false;
      }
    }
    return true;
  }

  private boolean matches(int from, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (json[from + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean hasEscape(int from, int to) {
    for (int at = from; at < to; at++) {
      if (json[at] == '\\') {
        return true;
      }
    }
    return false;
  }

  private static void once(int seen, Key key) throws MalformedMessage {
    if (seen >= 0) {
      throw twice(key);
    }
  }

  private static MalformedMessage twice(Key key) {
    return MalformedMessage.invalid("'" + key.text + "' stands twice");
  }

  private enum Key {
    ID("id"),
    METHOD("method"),
    PARAMS("params"),
    RESULT("result"),
    ERROR("error"),
    NAME("name"),
    URI("uri"),
    META("_meta"),
    ARGUMENTS("arguments"),
    PROGRESS_TOKEN("progressToken"),
    REQUEST_ID("requestId"),
    IS_ERROR("isError");

    private final String text;

    Key(String text) {
      this.text = text;
    }
  }

  private interface Member {
    int read(int keyFrom, int keyTo, int value) throws MalformedMessage;
  }
}
