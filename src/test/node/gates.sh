#!/usr/bin/env bash
# gates.sh [OUT]: starts the servers of inspector-servers.yaml and the router (target/mcp-router.jar) on free loopback ports,
# runs the conformance gate and the Inspector gate against it, and stops everything; then the gate of the router as a client, which
# starts routers and servers of its own. Exit code = number of gates that failed.
# ROUTER_COMMAND runs another router instead: a command line with {PORT} and {CONFIG} in it, ready when PORT answers; for the third
# gate also {CONSOLE_PORT} and {DATA}.
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"
ROOT="$(cd "$NODE_DIR/../../.." && pwd)"
OUT="${1:-$NODE_DIR/results}"
rm -rf "$OUT"; mkdir -p "$OUT/files" "$OUT/data" "$OUT/routes"

pids=()
stop_all() {
  [ "${#pids[@]}" -gt 0 ] || return
  kill "${pids[@]}" 2>/dev/null
  for _ in $(seq 100); do kill -0 "${pids[@]}" 2>/dev/null || break; sleep 0.1; done
  kill -KILL "${pids[@]}" 2>/dev/null
  pids=()
}
trap stop_all EXIT
trap 'exit 130' INT TERM

launch() { # NAME COMMAND...: in the background, output in OUT/NAME.log
  local name="$1"; shift
  "$@" >"$OUT/$name.log" 2>&1 &
  pids+=($!)
}
answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
await() { # NAME PID CONDITION...: until it holds, at most 60 s
  local name="$1" pid="$2"; shift 2
  for _ in $(seq 600); do
    "$@" && return
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
  done
  echo "$name did not start:" >&2; tail -n 30 "$OUT/$name.log" >&2
  exit 99
}
free_ports() { # COUNT: that many different ones
  node -e 'const net = require("net"); const open = [...Array(+process.argv[1])].map(() => net.createServer().listen(0, "127.0.0.1"));
    setTimeout(() => { console.log(open.map((s) => s.address().port).join(" ")); open.forEach((s) => s.close()); }, 50);' "$1"
}

read -r FIXTURE_PORT WEBSOCKET_PORT EVERYTHING_SSE_PORT EVERYTHING_HTTP_PORT PORT CONSOLE_PORT <<<"$(free_ports 6)"
EVERYTHING="$MODULES/@modelcontextprotocol/server-everything/dist/index.js"
launch fixture node "$NODE_DIR/conformance-fixture.mjs" "$FIXTURE_PORT"
await fixture $! answers "$FIXTURE_PORT"
launch socket node "$NODE_DIR/websocket-server.mjs" "$WEBSOCKET_PORT"
await socket $! answers "$WEBSOCKET_PORT"
# these two bind every interface unless told otherwise
launch everything-sse env PORT="$EVERYTHING_SSE_PORT" node --import "$NODE_DIR/loopback.mjs" "$EVERYTHING" sse
await everything-sse $! answers "$EVERYTHING_SSE_PORT"
launch everything-http env PORT="$EVERYTHING_HTTP_PORT" node --import "$NODE_DIR/loopback.mjs" "$EVERYTHING" streamableHttp
await everything-http $! answers "$EVERYTHING_HTTP_PORT"

CONFIG="$OUT/mcp-servers.yaml"
NODE="$MODULES/node/bin/node"; FILES="$OUT/files"
config="$(<"$NODE_DIR/inspector-servers.yaml")"
for name in NODE MODULES FILES FIXTURE_PORT WEBSOCKET_PORT EVERYTHING_SSE_PORT EVERYTHING_HTTP_PORT; do
  config="${config//"\${$name}"/"${!name}"}"
done
printf '%s\n' "$config" >"$CONFIG"

if [ -n "${ROUTER_COMMAND:-}" ]; then
  command="${ROUTER_COMMAND//"{PORT}"/"$PORT"}"; read -ra command <<<"${command//"{CONFIG}"/"$CONFIG"}"
  launch router "${command[@]}"
  await router $! answers "$PORT"
else
  JAVA="$(find_jdk 25)/bin/java" || exit 99
  launch router "$JAVA" -jar "$ROOT/target/mcp-router.jar" run --config "$CONFIG" \
    --routes "$OUT/routes" --port "$PORT" --console-port "$CONSOLE_PORT"
  await router $! grep -q '^mcp-router ready' "$OUT/router.log"
fi

failed=0
"$NODE_DIR/conformance/gate1.sh" "http://localhost:$PORT" "http://localhost:$FIXTURE_PORT/mcp" "$OUT" || failed=$((failed + 1))
ROUTES="$OUT/routes"; [ -z "${ROUTER_COMMAND:-}" ] || ROUTES="" # another router knows nothing of it
"$NODE_DIR/inspector-gate.sh" "http://localhost:$PORT" "$ROUTES" || failed=$((failed + 1))
stop_all
"$NODE_DIR/conformance/gate3.sh" "$OUT" || failed=$((failed + 1))
exit "$failed"
