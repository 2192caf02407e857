package io.mcprouter.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.ServerName;
import io.mcprouter.config.UserEntry;
import io.mcprouter.credential.Owner;
import io.mcprouter.protocol.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Who makes room for whom among users' servers, and what is left where something fails. */
class UserRoutesTest {
  private static final Caller ADA = new Caller("ada", Map.of());
  private static final Caller BO = new Caller("bo", Map.of());
  private static final Caller CY = new Caller("cy", Map.of());

  private final Map<String, List<UserEntry>> stored = new ConcurrentHashMap<>();
  private final Set<String> withSession = ConcurrentHashMap.newKeySet();
  private final Routes routes = new Routes();

  private UserRoutes users(int most, Duration spared) {
    return new UserRoutes(
        routes,
        this::stored,
        new UserRoutes.Room(most, spared, (server, user) -> withSession.contains(user)));
  }

  private List<UserEntry> stored(String tenant, String user) {
    return stored.getOrDefault(user, List.of());
  }

  private void store(Caller user, String... names) {
    String digest = Owner.of(user).digest();
    stored.put(
        user.id(),
        List.of(names).stream()
            .map(
                name ->
                    new UserEntry(
                        name,
                        RouteInstallerTest.server(ServerName.ofUser(name, digest), "http://a/"),
                        List.of()))
            .toList());
  }

  private static OwnServers visit(UserRoutes users, Caller user) {
    users.known(user).join();
    return users.now(user);
  }

  @Test
  void who_has_no_session_makes_room_before_those_who_have_one() {
    UserRoutes users = users(2, Duration.ZERO);
    List.of(ADA, BO, CY).forEach(user -> store(user, "notes"));
    visit(users, ADA);
    visit(users, BO);
    withSession.add(ADA.key());
    assertThat(visit(users, CY).find("notes")).isNotNull();
    assertThat(users.now(BO)).isSameAs(OwnServers.NONE);
    assertThat(users.now(ADA).find("notes")).isNotNull();
  }

  @Test
  void where_all_have_sessions_the_longest_unused_makes_room() {
    UserRoutes users = users(2, Duration.ZERO);
    List.of(ADA, BO, CY).forEach(user -> store(user, "notes"));
    withSession.addAll(List.of(ADA.key(), BO.key()));
    visit(users, ADA);
    visit(users, BO);
    assertThat(visit(users, CY).find("notes")).isNotNull();
    assertThat(users.now(ADA)).isSameAs(OwnServers.NONE);
    assertThat(users.now(BO).find("notes")).isNotNull();
  }

  @Test
  void who_was_there_just_now_is_spared_and_the_newcomer_hears_why() {
    UserRoutes users = users(1, Duration.ofHours(1));
    List.of(ADA, BO).forEach(user -> store(user, "notes"));
    visit(users, ADA);
    assertThat(visit(users, BO).problem("notes")).contains("max-running", "try again later");
    assertThat(users.now(ADA).find("notes")).isNotNull();
  }

  @Test
  void a_server_that_fails_unforeseen_leaves_no_route_and_takes_no_place() {
    UserRoutes users = users(2, Duration.ZERO);
    store(ADA, "made", "unmade");
    routes.broken = true;
    for (int i = 0; i < 3; i++) {
      users.changed(ADA.key());
      assertThat(visit(users, ADA)).isSameAs(OwnServers.NONE);
      assertThat(routes.running).isEmpty();
    }
    routes.broken = false;
    users.changed(ADA.key());
    assertThat(visit(users, ADA).all()).hasSize(2);
  }

  @Test
  void who_asks_for_what_cannot_be_known_hears_so() {
    UserRoutes users =
        new UserRoutes(
            routes,
            (tenant, user) -> {
              throw new StackOverflowError("thrown by the test");
            },
            new UserRoutes.Room(1, Duration.ZERO, (server, user) -> false));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> users.known(ADA).join())
          .hasCauseInstanceOf(StackOverflowError.class);
    }
  }

  /** Routes that are only noted; one that is to fail does so without a word of its entry. */
  private static final class Routes implements UserRoutes.Host {
    private final List<RunningServer> running = new CopyOnWriteArrayList<>();
    private volatile boolean broken;

    @Override
    public RunningServer compile(ServerDefinition definition, int generation) {
      if (broken && definition.name().startsWith("unmade")) {
        throw new IllegalStateException("thrown by the test");
      }
      RunningServer server = RunningServersFixture.server(definition, true);
      running.add(server);
      return server;
    }

    @Override
    public void retire(RunningServer server) {
      running.remove(server);
    }

    @Override
    public boolean isTaken(String name) {
      return false;
    }

    @Override
    public void changed(String user, UserRoutes.Difference difference) {}
  }
}
