#!/usr/bin/env bash
# gate1.sh ROUTER_BASE_URL FIXTURE_URL [OUT]: every check of the official conformance suite that passes against the fixture
# must also pass through ROUTER_BASE_URL/servers/fixture/mcp, for both suite versions and every revision that has sessions.
# Example: gate1.sh http://localhost:8090 http://localhost:39101/mcp
set -uo pipefail
HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
source "$HERE/../env.sh"
ROUTER="${1:?base URL of the router}"; FIXTURE="${2:?URL of the fixture}"; OUT="${3:-$NODE_DIR/results}"

# suite, revision, and how many checks a direct run passes
PAIRS=("0.1 all 44" "0.2 2025-06-18 56" "0.2 2025-11-25 84")
faults=0
for pair in "${PAIRS[@]}"; do
  read -r suite spec minimum <<<"$pair"
  direct="$OUT/direct-$suite-$spec"; via="$OUT/router-$suite-$spec"
  echo "conformance $suite at $spec, direct:"
  "$HERE/suite.sh" "$FIXTURE" "$suite" "$spec" "$direct" || exit 3
  echo "conformance $suite at $spec, through the router:"
  "$HERE/suite.sh" "$ROUTER/servers/fixture/mcp" "$suite" "$spec" "$via" || exit 3
  node "$HERE/compare.mjs" "$direct/table.json" "$via/table.json" "$minimum" || faults=$((faults + 1))
done
[ "$faults" -eq 0 ] && echo "gate 1 passed" || echo "gate 1 failed: $faults of ${#PAIRS[@]} pairs"
exit "$((faults > 0))"
