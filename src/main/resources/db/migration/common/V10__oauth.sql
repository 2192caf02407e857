-- Authorization towards servers. Tokens, links and verifiers are sealed; what is looked up by a secret is kept as its hash.

-- Servers that asked for a token, with what their last challenge said. Their paths may hold secrets and are not kept.
CREATE TABLE oauth_servers (
  server            VARCHAR(255)             NOT NULL,
  origin            VARCHAR(512)             NOT NULL,
  resource_metadata TEXT,
  scopes            TEXT                     NOT NULL,
  seen_at           TIMESTAMP WITH TIME ZONE NOT NULL,
  PRIMARY KEY (server, origin)
);

-- What the router is to an authorization server: one registration, however many users and servers.
CREATE TABLE oauth_registrations (
  tenant            VARCHAR(255)             NOT NULL,
  issuer            VARCHAR(1024)            NOT NULL,
  redirect_uri      VARCHAR(512)             NOT NULL,
  client_id         TEXT                     NOT NULL,
  client_secret     BYTEA,
  key_id            BIGINT,
  method            VARCHAR(64)              NOT NULL,
  secret_expires_at TIMESTAMP WITH TIME ZONE,
  created_at        TIMESTAMP WITH TIME ZONE NOT NULL,
  PRIMARY KEY (tenant, issuer, redirect_uri)
);
CREATE INDEX oauth_registrations_by_key ON oauth_registrations (key_id);

-- To whom a client that the administrator wrote belongs: its secret goes to the first issuer only.
CREATE TABLE oauth_client_issuers (
  server    VARCHAR(255)  NOT NULL,
  client_id VARCHAR(1024) NOT NULL,
  issuer    VARCHAR(1024) NOT NULL,
  PRIMARY KEY (server, client_id)
);

CREATE TABLE oauth_grants (
  tenant              VARCHAR(255)             NOT NULL,
  user_id             VARCHAR(512)             NOT NULL,
  server              VARCHAR(255)             NOT NULL,
  url_sha256          VARCHAR(43)                    NOT NULL,
  issuer              TEXT                     NOT NULL,
  resource            TEXT                     NOT NULL,
  token_endpoint      TEXT                     NOT NULL,
  revocation_endpoint TEXT,
  client_id           TEXT                     NOT NULL,
  client_method       VARCHAR(64)              NOT NULL,
  scopes              TEXT                     NOT NULL,
  access_token        BYTEA                    NOT NULL,
  refresh_token       BYTEA,
  key_id              BIGINT                   NOT NULL,
  refresh_at          TIMESTAMP WITH TIME ZONE NOT NULL,
  expires_at          TIMESTAMP WITH TIME ZONE NOT NULL,
  needs_login         BOOLEAN                  NOT NULL,
  step_ups            INTEGER                  NOT NULL,
  version             BIGINT                   NOT NULL,
  updated_at          TIMESTAMP WITH TIME ZONE NOT NULL,
  PRIMARY KEY (tenant, user_id, server)
);
CREATE INDEX oauth_grants_by_key ON oauth_grants (key_id);

-- The login that a user is to make, or makes, or failed to make, at a server.
CREATE TABLE oauth_logins (
  tenant            VARCHAR(255)             NOT NULL,
  user_id           VARCHAR(512)             NOT NULL,
  server            VARCHAR(255)             NOT NULL,
  state             VARCHAR(16)              NOT NULL,
  link_sha256       VARCHAR(43) UNIQUE,
  link              BYTEA,
  key_id            BIGINT,
  resource_metadata TEXT,
  scopes            TEXT                     NOT NULL,
  step_ups          INTEGER                  NOT NULL,
  error             TEXT,
  expires_at        TIMESTAMP WITH TIME ZONE NOT NULL,
  PRIMARY KEY (tenant, user_id, server)
);

-- A login between the authorization request and its answer; the answer removes it.
CREATE TABLE oauth_flows (
  state_sha256        VARCHAR(43)                    NOT NULL PRIMARY KEY,
  tenant              VARCHAR(255)             NOT NULL,
  user_id             VARCHAR(512)             NOT NULL,
  server              VARCHAR(255)             NOT NULL,
  browser_sha256      VARCHAR(43)                    NOT NULL,
  verifier            BYTEA                    NOT NULL,
  key_id              BIGINT                   NOT NULL,
  issuer              TEXT                     NOT NULL,
  names_issuer        BOOLEAN                  NOT NULL,
  issuer_promised     BOOLEAN                  NOT NULL,
  token_endpoint      TEXT                     NOT NULL,
  revocation_endpoint TEXT,
  client_id           TEXT                     NOT NULL,
  client_method       VARCHAR(64)              NOT NULL,
  redirect_uri        TEXT                     NOT NULL,
  resource            TEXT                     NOT NULL,
  scopes              TEXT                     NOT NULL,
  step_ups            INTEGER                  NOT NULL,
  expires_at          TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX oauth_flows_by_user ON oauth_flows (tenant, user_id, server);
CREATE INDEX oauth_flows_by_age ON oauth_flows (expires_at);
