-- What the call resolved that asked for a login: whoever follows the link may have fewer user fields. Sealed; it may hold secrets.
ALTER TABLE oauth_logins ADD COLUMN target BYTEA;
ALTER TABLE oauth_flows ADD COLUMN target BYTEA;
