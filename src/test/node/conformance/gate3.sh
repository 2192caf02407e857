#!/usr/bin/env bash
# gate3.sh [OUT]: the router as a client. The official suite plays MCP servers and authorization servers (client-scenarios.json);
# behind the router, every check must pass that the official SDK's own client passes (client-baseline.json).
# ROUTER_COMMAND runs another router instead: a command line with {PORT}, {CONSOLE_PORT}, {CONFIG} and {DATA} in it.
# REFERENCE=1 runs the reference client alone, without a router, and writes client-baseline.json anew.
set -uo pipefail
HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
source "$HERE/../env.sh"
ROOT="$(cd "$NODE_DIR/../../.." && pwd)"
OUT="${1:-$NODE_DIR/results}/clients"

if [ -n "${REFERENCE:-}" ]; then
  unset ROUTER_COMMAND
  node "$HERE/client-suite.mjs" "$OUT" reference-client.mjs || exit 1
  cp "$OUT/table.json" "$HERE/client-baseline.json"
  exit
fi

if [ -z "${ROUTER_COMMAND:-}" ]; then
  JAVA="$(find_jdk 25)/bin/java" || exit 1
  ROUTER_COMMAND="$JAVA -jar $ROOT/target/mcp-router.jar run --config {CONFIG} --routes $ROOT/routes"
  ROUTER_COMMAND+=" --port {PORT} --console-port {CONSOLE_PORT} --data {DATA}"
fi
export ROUTER_COMMAND
node "$HERE/client-suite.mjs" "$OUT" router-client.mjs || exit 1
if node "$HERE/client-compare.mjs" "$HERE/client-baseline.json" "$OUT/table.json"; then echo "gate 3 passed"; else echo "gate 3 failed"; exit 1; fi
