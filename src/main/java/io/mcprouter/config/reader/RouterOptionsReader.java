package io.mcprouter.config.reader;

import io.mcprouter.config.NamePattern;
import io.mcprouter.config.OAuthOptions;
import io.mcprouter.config.RouterOptions;
import io.mcprouter.config.Timeouts;
import io.mcprouter.config.ToolSelection;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the router's own additions to an entry. */
final class RouterOptionsReader {
  /** What the protocol allows as the name of a tool (tools, 2025-11-25). */
  private static final Pattern TOOL = Pattern.compile("[A-Za-z0-9_./-]{1,128}");

  private RouterOptionsReader() {}

  static RouterOptions read(Fields entry, Templates templates, Timeouts timeouts) {
    RouterOptions defaults = RouterOptions.defaults(timeouts);
    Fields router = entry.object("router", KnownKeys.ROUTER);
    OAuthOptions oauth = new OAuthOptionsReader(entry, templates).read(router);
    if (router == null) {
      return defaults.with(oauth);
    }
    Fields tools = router.object("tools", KnownKeys.TOOLS);
    return new RouterOptions(
        router.flag("shared", false),
        TemplatesReader.read(router),
        router.milliseconds("listWait", RouterOptions.DEFAULT_LIST_WAIT, EntryReader.LONGEST),
        maxTimeout(router, timeouts, defaults.maxTimeout()),
        tools == null ? ToolSelection.ALL : tools(tools),
        AccessReader.read(router),
        oauth);
  }

  private static Duration maxTimeout(Fields router, Timeouts timeouts, Duration otherwise) {
    Duration longest = router.milliseconds("maxTimeout", otherwise, EntryReader.LONGEST);
    if (router.has("maxTimeout") && longest.compareTo(timeouts.timeout()) < 0) {
      router.error(
          "maxTimeout",
          "is less than the timeout of " + timeouts.timeout().toMillis() + " ms; make it longer");
    }
    return longest;
  }

  private static ToolSelection tools(Fields tools) {
    Map<String, String> rename = new LinkedHashMap<>();
    Map<String, String> shown = new HashMap<>();
    tools
        .textMap("rename")
        .forEach(
            (old, item) -> {
              String former = shown.putIfAbsent(item.text(), old);
              if (former != null) {
                tools
                    .faults()
                    .error(
                        item.at(),
                        item.path(),
                        "takes the name that '" + former + "' takes; choose another");
              }
              if (!TOOL.matcher(item.text()).matches()) {
                tools
                    .faults()
                    .error(
                        item.at(),
                        item.path(),
                        "is no name of a tool; use up to 128 letters, digits, '_', '-', '.' and '/'");
              }
              rename.put(old, item.text());
            });
    return new ToolSelection(patterns(tools, "include"), patterns(tools, "exclude"), rename);
  }

  static List<NamePattern> patterns(Fields fields, String key) {
    List<Fields.Item> items = fields.texts(key);
    if (items == null) {
      return List.of();
    }
    for (Fields.Item item : items) {
      if (item.text().isBlank()) {
        fields
            .faults()
            .error(item.at(), item.path(), "is blank; write a tool's name, or a pattern with '*'");
      }
    }
    return items.stream()
        .filter(item -> !item.text().isBlank())
        .map(item -> new NamePattern(item.text()))
        .toList();
  }
}
