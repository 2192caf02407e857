-- Calls that messages make: written down before the call, with their answer after it.

-- Processes that make such calls, and when each said last that it is alive, by the database's clock.
CREATE TABLE message_nodes (
  node    VARCHAR(36)              NOT NULL PRIMARY KEY,
  seen_at TIMESTAMP WITH TIME ZONE NOT NULL
);

-- A row without a status is a call whose end is not known yet, or never. The answer is sealed; one without was too large.
CREATE TABLE message_calls (
  source     VARCHAR(255)             NOT NULL,
  id         VARCHAR(200)             NOT NULL,
  digest     VARCHAR(43)              NOT NULL,
  repeatable BOOLEAN                  NOT NULL,
  node       VARCHAR(36)              NOT NULL,
  claims     INTEGER                  NOT NULL,
  status     VARCHAR(32),
  answer     BYTEA,
  changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
  PRIMARY KEY (source, id)
);
CREATE INDEX message_calls_by_age ON message_calls (changed_at);
