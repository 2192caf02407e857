package io.mcprouter.cli;

/** The header by which a caller in local mode says who they are. */
final class UserHeader {
  static final String NAME = "X-MCP-User-Id";

  private UserHeader() {}
}
