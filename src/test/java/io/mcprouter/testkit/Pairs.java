package io.mcprouter.testkit;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;

/** Every form of client with every transport to a server. */
public final class Pairs implements ArgumentsProvider {
  @Override
  public Stream<? extends Arguments> provideArguments(ExtensionContext context) {
    return Arrays.stream(North.values())
        .flatMap(north -> Arrays.stream(South.values()).map(south -> Arguments.of(north, south)));
  }
}
