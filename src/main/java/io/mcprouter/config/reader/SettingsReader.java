package io.mcprouter.config.reader;

import io.mcprouter.config.McpSettings;
import java.util.List;
import java.util.regex.Pattern;

/** Reads where servers may be. */
final class SettingsReader {
  private static final Pattern ADDRESS =
      Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):[0-9]{1,5}");
  private static final Pattern DOMAIN =
      Pattern.compile(
          "([A-Za-z][A-Za-z0-9+.-]*://)?(\\*\\.)?([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");

  private SettingsReader() {}

  static McpSettings read(Fields settings) {
    check(
        settings, "allowedDomains", DOMAIN, "is no host; write host, *.host or scheme://host:port");
    check(
        settings,
        "allowedAddresses",
        ADDRESS,
        "is no address; write host:port, without a scheme or a path");
    return new McpSettings(
        settings.textList("allowedDomains"), settings.textList("allowedAddresses"));
  }

  private static void check(Fields settings, String key, Pattern pattern, String message) {
    if (!settings.has(key)) {
      return;
    }
    List<Fields.Item> items = settings.texts(key);
    for (Fields.Item item : items == null ? List.<Fields.Item>of() : items) {
      if (!pattern.matcher(item.text()).matches()) {
        settings.faults().error(item.at(), item.path(), message);
      }
    }
  }
}
