package io.mcprouter.wiring;

import io.mcprouter.session.SessionSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the router itself; the servers stand in a file of their own.
 *
 * @param serversFile the file with mcpServers, which must be there; where none is named, {@code
 *     config/mcp-servers.yaml}, and the demo server alone as long as that is absent
 * @param strict whether a fault in the servers file stops the start, and unknown keys are faults
 * @param host address that MCP clients connect to; without authentication only a loopback address
 * @param port port that MCP clients connect to, 0 for a free one
 * @param publicUrl where clients find the router behind a proxy
 * @param allowedOrigins origins of web pages that may call the MCP endpoints
 * @param sslBundle name of a Spring SSL bundle for TLS on the MCP port
 * @param sharing which sessions users share: documented (none) or librechat (those that need
 *     nothing of a user)
 * @param questionTimeout how long a person may take to answer a server's question
 * @param localUser who calls when a request names nobody
 * @param authentication how callers prove who they are
 * @param adminRoles roles of those who see what operators write, and all of the audit log
 * @param audit what is entered into the audit log
 * @param oauth how the router shows itself to the authorization servers of servers
 * @param clients bounds on MCP clients
 * @param sessions bounds on sessions with servers
 * @param userServers servers that users add for themselves
 * @param routes the files with route templates and the team's own routes
 * @param store where users' secrets, keys and the audit log are kept
 * @param messages messages that call tools
 */
@ConfigurationProperties(prefix = McpRouterProperties.PREFIX, ignoreUnknownFields = false)
public record McpRouterProperties(
    @Nullable Path serversFile,
    @DefaultValue("false") boolean strict,
    @DefaultValue("127.0.0.1") String host,
    @DefaultValue("8090") int port,
    @Nullable URI publicUrl,
    @DefaultValue Set<String> allowedOrigins,
    @Nullable String sslBundle,
    @DefaultValue("documented") SessionSettings.Sharing sharing,
    @DefaultValue("5m") Duration questionTimeout,
    @DefaultValue LocalUser localUser,
    @DefaultValue AuthenticationProperties authentication,
    @DefaultValue({"admin", "ADMIN"}) Set<String> adminRoles,
    @DefaultValue AuditProperties audit,
    @DefaultValue OAuthClient oauth,
    @DefaultValue Clients clients,
    @DefaultValue Sessions sessions,
    @DefaultValue UserServers userServers,
    @DefaultValue Routes routes,
    @DefaultValue StoreProperties store,
    @DefaultValue MessageProperties messages) {
  /** What the names of all these settings begin with. */
  public static final String PREFIX = "mcp-router";

  /**
   * The local user.
   *
   * @param id the user's id
   * @param fields the documented user fields by name, such as email
   */
  public record LocalUser(
      @DefaultValue("local") String id, @DefaultValue Map<String, String> fields) {}

  /**
   * How the router shows itself to the authorization servers of servers.
   *
   * @param clientDocument where the client-id metadata document is published, if not by the router
   *     itself: a copy of what it serves at /.well-known/oauth-client/router.json
   */
  public record OAuthClient(@Nullable URI clientDocument) {}

  /**
   * Servers that users add for themselves over the API.
   *
   * @param enabled whether they may
   * @param maxPerUser how many a user may have
   * @param maxRunning how many may be in use at once in this process
   */
  public record UserServers(
      @DefaultValue("false") boolean enabled,
      @DefaultValue("10") int maxPerUser,
      @DefaultValue("1000") int maxRunning) {}

  /**
   * The files with route templates and the team's own routes.
   *
   * @param directory where {@code *.camel.yaml} files are, or one such file; it may be missing
   * @param reload whether files that come, go or change take effect without a restart
   * @param drain how long calls inside a route may take to end when its file changes
   */
  public record Routes(
      @DefaultValue("routes") Path directory,
      @DefaultValue("true") boolean reload,
      @DefaultValue("30s") Duration drain) {}

  /**
   * Bounds on MCP clients.
   *
   * @param maxMessageBytes largest message taken from a client
   * @param maxDepth deepest nesting of a message
   * @param maxSessions most client sessions in all
   * @param maxSessionsPerUser most client sessions of one user
   * @param maxOpenCalls most calls open at once in one client session
   * @param maxBatch most messages in a batch (2025-03-26)
   * @param idle how long a client session without an open stream or call lives
   * @param resumeWait how long a call goes on whose client lost its stream and may resume it
   * @param keepAlive how often an idle stream gets a sign of life
   */
  public record Clients(
      @DefaultValue("4194304") int maxMessageBytes,
      @DefaultValue("200") int maxDepth,
      @DefaultValue("20000") int maxSessions,
      @DefaultValue("1000") int maxSessionsPerUser,
      @DefaultValue("256") int maxOpenCalls,
      @DefaultValue("100") int maxBatch,
      @DefaultValue("30m") Duration idle,
      @DefaultValue("10s") Duration resumeWait,
      @DefaultValue("15s") Duration keepAlive) {}

  /**
   * Bounds on sessions with servers.
   *
   * @param idle how long a session stays open after its last call
   * @param max most sessions in all
   * @param maxPerUser most sessions of one user
   * @param maxChildren most child processes in all
   * @param maxChildrenPerUser most child processes of one user
   * @param maxSubscriptions most resources that the clients of one session subscribe to
   * @param maxMessageBytes largest message taken from a server
   * @param maxDepth deepest nesting of a message
   * @param maxPendingCalls most calls open at once on one session
   * @param maxQueuedBytes most bytes waiting to be sent on one session
   */
  public record Sessions(
      @DefaultValue("15m") Duration idle,
      @DefaultValue("10000") int max,
      @DefaultValue("100") int maxPerUser,
      @DefaultValue("200") int maxChildren,
      @DefaultValue("20") int maxChildrenPerUser,
      @DefaultValue("1000") int maxSubscriptions,
      @DefaultValue("16777216") int maxMessageBytes,
      @DefaultValue("200") int maxDepth,
      @DefaultValue("1000") int maxPendingCalls,
      @DefaultValue("33554432") int maxQueuedBytes) {}
}
