#!/usr/bin/env bash
# suite.sh URL SUITE SPEC OUT: runs every server scenario of one suite at one revision against URL.
#   URL    http://localhost:PORT/path (a loopback name: one scenario is about DNS rebinding)
#   SUITE  0.1 (0.1.16, all its scenarios; SPEC "all") | 0.2 (0.2.0-alpha.12)
#   SPEC   2025-06-18 | 2025-11-25 | 2026-07-28 | all
#   OUT    a directory for the results; OUT/table.json is the summary
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../env.sh"
URL="$1"; SUITE="$2"; SPEC="$3"; OUT="$4"

ADDRESS="${URL#*://}"; ADDRESS="${ADDRESS%%/*}"
if ! (exec 3<>"/dev/tcp/${ADDRESS%%:*}/${ADDRESS##*:}") 2>/dev/null; then
  echo "nothing listens at $ADDRESS (the suite reports some passes even then)" >&2
  exit 3
fi

args=(server --url "$URL" -o "$OUT" --suite all)
[ "$SPEC" = all ] || args+=(--spec-version "$SPEC")
case "$SUITE" in
  0.1) main="$MODULES/conformance-01/dist/index.js" ;;
  0.2) main="$MODULES/conformance-02/dist/index.js"; args+=(--timeout 15000) ;;
  *) echo "SUITE is 0.1 or 0.2, not $SUITE" >&2; exit 2 ;;
esac

rm -rf "$OUT"; mkdir -p "$OUT"
# the suite's own exit code says that some check failed, which the comparison decides
timeout 420 node "$main" "${args[@]}" >"$OUT/runner.log" 2>&1
node "$NODE_DIR/conformance/summarize.mjs" "$OUT"
