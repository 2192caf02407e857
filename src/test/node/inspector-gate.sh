#!/usr/bin/env bash
# inspector-gate.sh ROUTER_BASE_URL [ROUTES]: the official Inspector's command line lists and calls tools of every server in
# inspector-servers.yaml, through /mcp and /sse (prefixed names) and through /servers/{name}/mcp. With the router's directory of routes it sees a file that is dropped there become
# a tool within two seconds, changes it and takes it away. Starts nothing itself.
# Exit 1 when anything fails.
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"
ROUTER="${1:?base URL of the router}"; ROUTES="${2:-}"
WORK="$(mktemp -d)"; trap 'rm -rf "$WORK"' EXIT
export HOME="$WORK" # the Inspector keeps files there

# server, tool, arguments, and what the answer must hold
CALLS=(
  "everything|echo|message=one|Echo: one"
  "everything|get-sum|a=2 b=40|42"
  "everything-sse|echo|message=two|Echo: two"
  "everything-http|echo|message=three|Echo: three"
  "filesystem|list_allowed_directories||Allowed directories"
  "socket|echo|message=four|Echo: four"
  "socket|add|a=2 b=40|42"
)

passed=0; failed=0
inspect() { # TRANSPORT URL ARGUMENT...
  local transport="$1" url="$2"; shift 2
  timeout 30 node "$MODULES/@modelcontextprotocol/inspector/clients/launcher/build/index.js" \
    --cli "$url" --transport "$transport" "$@" >"$WORK/out" 2>"$WORK/err"
}
verdict() { # EXIT_CODE DESCRIPTION
  if [ "$1" -eq 0 ]; then passed=$((passed + 1)); return; fi
  failed=$((failed + 1))
  echo "FAILED $2"; head -c 600 "$WORK/out" "$WORK/err"
}
lists() { # TRANSPORT URL TOOL: is TOOL in the listing?
  inspect "$1" "$2" --method tools/list && grep -q "\"name\": \"$3\"" "$WORK/out"
}
calls() { # TRANSPORT URL TOOL ARGUMENTS EXPECTED
  local arguments=()
  [ -z "$4" ] || read -ra arguments <<<"--tool-arg $4"
  inspect "$1" "$2" --method tools/call --tool-name "$3" "${arguments[@]}" && grep -qF "$5" "$WORK/out"
}

# a server that is still starting may be missing from the first merged listing
for _ in $(seq 15); do
  inspect http "$ROUTER/mcp" --method tools/list
  complete=1
  for call in "${CALLS[@]}"; do
    IFS='|' read -r server tool _ _ <<<"$call"
    grep -q "\"name\": \"${server}__$tool\"" "$WORK/out" || complete=0
  done
  [ "$complete" -eq 1 ] && break
  sleep 1
done

for call in "${CALLS[@]}"; do
  IFS='|' read -r server tool arguments expected <<<"$call"
  for target in "http $ROUTER/mcp ${server}__$tool" "sse $ROUTER/sse ${server}__$tool" \
    "http $ROUTER/servers/$server/mcp $tool"; do
    read -r transport url name <<<"$target"
    lists "$transport" "$url" "$name"; verdict $? "tools/list at $url does not show $name"
    calls "$transport" "$url" "$name" "$arguments" "$expected"; verdict $? "tools/call $name at $url"
  done
done

greets() { # WORDS: a route file that is there at once, as an editor saves it
  printf '%s\n' "- route:" "    id: gate-greet" "    from:" "      uri: mcp-tool:greet" "      parameters: {server: gate, description: Greets}" \
    "      steps:" "        - setBody: {constant: $1}" >"$WORK/greet" && mv "$WORK/greet" "$ROUTES/gate.camel.yaml"
}
LIMIT=2 # seconds until a change must be seen
if [ -n "$ROUTES" ]; then
  greets "good morning"; sleep "$LIMIT"
  lists http "$ROUTER/mcp" gate__greet; verdict $? "a file dropped into the routes is no tool after $LIMIT s"
  calls http "$ROUTER/mcp" gate__greet "" "good morning"; verdict $? "tools/call of a route"
  greets "good night"; sleep "$LIMIT"
  calls http "$ROUTER/mcp" gate__greet "" "good night"; verdict $? "an edited route is not the new one after $LIMIT s"
  rm "$ROUTES/gate.camel.yaml"; sleep "$LIMIT"
  ! lists http "$ROUTER/mcp" gate__greet; verdict $? "a route that was taken away is still a tool after $LIMIT s"
  lists http "$ROUTER/mcp" everything__echo; verdict $? "the other tools are gone with the route"
fi
echo "inspector gate: $passed passed, $failed failed"
exit "$((failed > 0))"
