package io.mcprouter.config.reader;

import io.mcprouter.config.McpSettings;
import io.mcprouter.protocol.AllowedAddress;
import io.mcprouter.protocol.AllowedDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads where servers may be. */
final class SettingsReader {
  private SettingsReader() {}

  static McpSettings read(Fields settings) {
    return new McpSettings(domains(settings), addresses(settings));
  }

  /** A limit that cannot be read is kept as one that nothing passes. */
  private static List<AllowedDomain> domains(Fields settings) {
    String key = "allowedDomains";
    if (settings.value(key) == null) {
      return List.of();
    }
    List<Fields.Item> items = settings.texts(key);
    if (items == null) {
      return List.of(AllowedDomain.NOWHERE);
    }
    List<AllowedDomain> read = new ArrayList<>();
    for (Fields.Item item : items) {
      read.add(one(settings, item, AllowedDomain::parse).orElse(AllowedDomain.NOWHERE));
    }
    return read;
  }

  private static List<AllowedAddress> addresses(Fields settings) {
    List<Fields.Item> items = settings.texts("allowedAddresses");
    List<AllowedAddress> read = new ArrayList<>();
    for (Fields.Item item : items == null ? List.<Fields.Item>of() : items) {
      one(settings, item, AllowedAddress::parse).ifPresent(read::add);
    }
    return read;
  }

  private static <T> Optional<T> one(Fields settings, Fields.Item item, Function<String, T> parse) {
    try {
      return Optional.of(parse.apply(item.text()));
    } catch (IllegalArgumentException e) {
      settings.faults().error(item.at(), item.path(), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
