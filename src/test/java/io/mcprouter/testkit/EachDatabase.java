package io.mcprouter.testkit;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a {@link StoreTest} once for each database. */
final class EachDatabase implements TestTemplateInvocationContextProvider {
  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return true;
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    return Stream.of(Database.values()).map(On::new);
  }

  private record On(Database database) implements TestTemplateInvocationContext {
    @Override
    public String getDisplayName(int index) {
      return database.name();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(new Fixture(database));
    }
  }

  private static final class Fixture implements ParameterResolver, AfterEachCallback {
    private final Database database;
    private @Nullable StoreUnderTest store;

    private Fixture(Database database) {
      this.database = database;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == StoreUnderTest.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      if (store == null) {
        store = StoreUnderTest.on(database);
      }
      return store;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
      if (store != null) {
        store.close();
      }
    }
  }
}
