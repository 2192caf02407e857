# Sourced by the scripts here: NODE_DIR is this directory, and its own Node (>= 22) comes first in PATH.
NODE_DIR="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
MODULES="$NODE_DIR/node_modules"
export PATH="$MODULES/node/bin:$PATH"

# find_jdk VERSION: prints the home of a JDK of at least that version: JAVA_HOME if it is one, else the newest under /usr/lib/jvm.
find_jdk() {
  local home major best="" best_major=0
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    [ -x "$home/bin/javac" ] && [ -r "$home/release" ] || continue
    major="$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release")"
    if [ "${major:-0}" -ge "$1" ] && [ "$major" -gt "$best_major" ]; then best="$home"; best_major="$major"; fi
  done
  if [ -z "$best" ]; then echo "no JDK $1 or newer in JAVA_HOME or under /usr/lib/jvm" >&2; return 1; fi
  echo "$best"
}
