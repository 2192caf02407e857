package io.mcprouter.console;

import io.mcprouter.config.Endpoint;
import io.mcprouter.config.OAuthSettings;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.ServerName;
import io.mcprouter.config.UserEntry;
import io.mcprouter.config.reader.UserEntryReader;
import io.mcprouter.credential.Owner;
import io.mcprouter.credential.UserServers;
import io.mcprouter.credential.UserVariables;
import io.mcprouter.oauth.OAuth;
import io.mcprouter.protocol.Caller;
import io.mcprouter.routing.OwnServers;
import io.mcprouter.routing.RouteInstaller;
import io.mcprouter.transport.spi.AddressPolicy;
import io.mcprouter.transport.spi.Destination;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Adds, replaces and removes the servers of users, who can reach nobody's but their own. */
public final class AddedServers {
  /** Such a name stands in front of its tools as it is. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]++(?:[_-][A-Za-z0-9]++)*+");

  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_ENTRY = 64 << 10;

  private final UserServers stored;
  private final RouteInstaller routes;
  private final AddressPolicy addresses;
  private final UserVariables variables;
  private final OAuth oauth;
  private final int mostPerUser;

  /**
   * @param addresses where servers may be that users add
   * @param mostPerUser how many a user may have
   */
  public AddedServers(
      UserServers stored,
      RouteInstaller routes,
      AddressPolicy addresses,
      UserVariables variables,
      OAuth oauth,
      int mostPerUser) {
    this.stored = stored;
    this.routes = routes;
    this.addresses = addresses;
    this.variables = variables;
    this.oauth = oauth;
    this.mostPerUser = mostPerUser;
  }

  List<UserServers.Entry> of(Caller caller) {
    return stored.of(Owner.of(caller));
  }

  /** Those that have a route, and why the others have none. */
  OwnServers routed(Caller caller) {
    routes.known(caller).join();
    return routes.own(caller);
  }

  /**
   * Adds or replaces a server.
   *
   * @param json the entry
   */
  void save(Caller caller, String name, String json) throws Refused {
    Owner owner = Owner.of(caller);
    ServerDefinition definition = check(owner, name, json);
    checkName(owner, name);
    leaveFormer(caller, name, definition);
    if (!stored.save(owner, name, json, mostPerUser)) {
      throw new Refused(
          Why.TOO_MANY,
          "You have "
              + mostPerUser
              + " servers, the most that a user may have"
              + " (mcp-router.user-servers.max-per-user); remove one first.");
    }
  }

  /** A right that was got for another address, or as another client, is no use to the new entry. */
  private void leaveFormer(Caller caller, String name, ServerDefinition definition) {
    Owner owner = Owner.of(caller);
    boolean isElsewhere =
        stored.of(owner).stream()
            .filter(entry -> entry.name().equals(name) && entry.json() != null)
            .map(entry -> UserEntryReader.read(name, definition.name(), entry.json()).definition())
            .anyMatch(former -> former == null || !asksTheSame(former, definition));
    if (isElsewhere) {
      routed(caller);
      oauth.revoke(caller, definition.name());
      oauth.remove(owner, definition.name());
    }
  }

  private static boolean asksTheSame(ServerDefinition one, ServerDefinition other) {
    return one.endpoint().equals(other.endpoint())
        && one.authorization().equals(other.authorization());
  }

  private ServerDefinition check(Owner owner, String name, String json) throws Refused {
    if (!NAME.matcher(name).matches() || name.length() > LONGEST_NAME) {
      throw new Refused(
          Why.WRONG,
          "The name of a server is 1 to 64 letters and digits, with single '-' and '_' in between.");
    }
    if (json.length() > LONGEST_ENTRY) {
      throw new Refused(Why.WRONG, "The entry is longer than 64 KiB.");
    }
    UserEntry entry = UserEntryReader.read(name, ServerName.ofUser(name, owner.digest()), json);
    ServerDefinition definition = entry.definition();
    if (definition == null) {
      throw new Refused(Why.WRONG, String.join("\n", entry.problems()));
    }
    checkAddresses(name, definition);
    return definition;
  }

  /**
   * What the addresses themselves say; those that their names lead to are judged whenever a
   * connection is made.
   */
  private void checkAddresses(String name, ServerDefinition definition) throws Refused {
    OAuthSettings oauthUrls = definition.authorization().oauth();
    Stream<String> ofServer =
        definition.endpoint() instanceof Endpoint.Remote remote
            ? Stream.of(remote.url())
            : Stream.of();
    Stream<String> ofOAuth =
        oauthUrls == null
            ? Stream.of()
            : Stream.of(
                    oauthUrls.authorizationUrl(),
                    oauthUrls.tokenUrl(),
                    oauthUrls.revocationEndpoint())
                .filter(Objects::nonNull);
    for (String url : Stream.concat(ofServer, ofOAuth).toList()) {
      Destination destination = destination(url);
      if (addresses.judge(destination) instanceof AddressPolicy.Ruling.Refused refused) {
        throw new Refused(
            Why.WRONG, name + ": " + destination.hostAndPort() + " " + refused.why() + ".");
      }
    }
  }

  /** The host stands before the first variable, which the reader saw to. */
  private static Destination destination(String url) throws Refused {
    int variable = url.indexOf("{{");
    try {
      return Destination.of(URI.create(variable < 0 ? url : url.substring(0, variable)));
    } catch (IllegalArgumentException e) {
      throw new Refused(Why.WRONG, "A URL of the entry is none: it names no scheme and host.");
    }
  }

  private void checkName(Owner owner, String name) throws Refused {
    boolean isLikeAnother =
        stored.of(owner).stream()
            .map(UserServers.Entry::name)
            .anyMatch(
                other ->
                    !other.equals(name)
                        && ServerName.collisionKey(other).equals(ServerName.collisionKey(name)));
    if (isLikeAnother || routes.servers().isTaken(name)) {
      throw new Refused(
          Why.TAKEN, "There is a server of this name, or of one too much like it; take another.");
    }
  }

  /** Removes a server and all that is kept for it; false where there is none of that name. */
  boolean delete(Caller caller, String name) {
    Owner owner = Owner.of(caller);
    if (of(caller).stream().noneMatch(entry -> entry.name().equals(name))) {
      return false;
    }
    String id = ServerName.ofUser(name, owner.digest());
    routed(caller);
    oauth.revoke(caller, id); // the authorization server should know, while the entry says where
    boolean deleted = stored.delete(owner, name);
    variables.forget(owner, id);
    oauth.remove(owner, id);
    return deleted;
  }

  /** Why a server was not added. */
  enum Why {
    WRONG,
    TAKEN,
    TOO_MANY
  }

  /** A server is not added; the message is for its user. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final Why why;

    Refused(Why why, String message) {
      super(message);
      this.why = why;
    }

    Why why() {
      return why;
    }
  }
}
