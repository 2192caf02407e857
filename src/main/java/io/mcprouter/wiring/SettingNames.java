package io.mcprouter.wiring;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/** The names of settings, as they are written in a file. */
final class SettingNames {
  private SettingNames() {}

  /** The names of a record's components and, below each record among them, of its own. */
  static List<String> of(String prefix, Class<?> settings) {
    return Arrays.stream(settings.getRecordComponents())
        .flatMap(component -> of(prefix, component))
        .toList();
  }

  private static Stream<String> of(String prefix, RecordComponent component) {
    String name = prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
    Class<?> type = component.getType();
    return type.isRecord() ? of(name, type).stream() : Stream.of(name);
  }
}
