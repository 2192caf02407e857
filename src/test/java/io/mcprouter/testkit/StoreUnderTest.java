package io.mcprouter.testkit;

import io.mcprouter.credential.MasterKey;
import io.mcprouter.credential.Sealing;
import io.mcprouter.credential.Store;
import io.mcprouter.credential.StoreSettings;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;

/** An empty database with the router's tables, and the nodes that a test opens on it. */
public final class StoreUnderTest implements AutoCloseable {
  private final Database database;
  private final StoreSettings settings;
  private final MasterKey masterKey = randomKey();
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Store store;

  private StoreUnderTest(Database database, StoreSettings settings) {
    this.database = database;
    this.settings = settings;
    this.store = openAnother();
  }

  public static StoreUnderTest on(Database database) {
    return new StoreUnderTest(database, database.create());
  }

  /** A master key that nobody else has. */
  public static MasterKey randomKey() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return MasterKey.ofText(Base64.getEncoder().encodeToString(key), "the test");
  }

  public Database database() {
    return database;
  }

  public StoreSettings settings() {
    return settings;
  }

  public MasterKey masterKey() {
    return masterKey;
  }

  public Store store() {
    return store;
  }

  /** The same database as another node sees it. */
  public Store openAnother() {
    return closing(Store.open(settings));
  }

  public Sealing sealing() {
    return Sealing.open(store, masterKey, Clock.systemUTC());
  }

  /** Closes something when the test is over, the last first. */
  public <T extends AutoCloseable> T closing(T part) {
    opened.push(part);
    return part;
  }

  @Override
  public void close() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
    database.drop(settings);
  }
}
