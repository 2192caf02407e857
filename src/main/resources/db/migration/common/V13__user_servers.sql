-- Servers that users added. An entry may hold secrets and is sealed; the name is the user's own.

-- One row for each user who ever added one: what writers queue up at.
CREATE TABLE user_server_sets (
  tenant  VARCHAR(255) NOT NULL,
  user_id VARCHAR(512) NOT NULL,
  PRIMARY KEY (tenant, user_id)
);

CREATE TABLE user_servers (
  tenant     VARCHAR(255)             NOT NULL,
  user_id    VARCHAR(512)             NOT NULL,
  name       VARCHAR(64)              NOT NULL,
  sealed     BYTEA                    NOT NULL,
  key_id     BIGINT                   NOT NULL,
  updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
  PRIMARY KEY (tenant, user_id, name)
);
CREATE INDEX user_servers_by_key ON user_servers (key_id);
